#include "cli/traffic_report.h"

#include "cli/table.h"
#include "cli/terminal.h"
#include "core/json_writer.h"
#include "core/terminal_text.h"
#include "core/text.h"
#include "core/trace.h"
#include "tracer/traffic.h"
#include "tracer/traffic_command.h"

#include <stdio.h>
#include <string.h>

enum {
	MOST_ALIKE = 3 /* rows that say the same before they become one */
};

/* As rows have it, in the order of enum traffic_outcome. */
static const struct {
	const char *text;
	enum style style;
} outcomes[] = {
	[TRAFFIC_UNDRIVEN] = {"not driven", STYLE_WARN},
	[TRAFFIC_SKIPPED] = {"skipped", STYLE_DIM},
	[TRAFFIC_LEADS_ON] = {"-", STYLE_DIM},
	[TRAFFIC_RAN] = {"ran", STYLE_GOOD},
	[TRAFFIC_UNSEEN] = {"not seen", STYLE_WARN},
	[TRAFFIC_DRIVEN] = {"driven", STYLE_PLAIN},
	[TRAFFIC_LATE] = {"late", STYLE_WARN},
	[TRAFFIC_UNRECORDED] = {"not recorded", STYLE_WARN},
};

/* Of a row; the programs of requests and messages are those of the rules. */
static const char *group_of(const struct traffic_item *item)
{
	if (item->kind == TRAFFIC_REQUEST)
		return "requests";
	return item->kind == TRAFFIC_MESSAGE ? "messages" : item->program;
}

/* "remote add": without the program, which stands above. */
static const char *label_of(const struct traffic_item *item)
{
	size_t len = item->kind == TRAFFIC_COMMAND ? strlen(item->program) : 0;

	return len && item->name[len] == ' ' ? item->name + len + 1 : item->name;
}

static const char *handler_of(const struct traffic *traffic,
	const struct traffic_item *item)
{
	return item->nhandlers ? traffic->scanned->functions[item->handlers[0]].name
			       : NULL;
}

/* What to add to the outcome: why it is not as wished, or what was printed then. */
static const char *note_of(const struct traffic_item *item)
{
	if (item->why)
		return item->why;
	if (item->outcome == TRAFFIC_UNSEEN || item->is_unexpected)
		return item->said;
	return NULL;
}

/* "ran?": nothing tells for which of several commands. */
static const char *outcome_text(const struct traffic_item *item)
{
	if (item->outcome == TRAFFIC_RAN && item->is_unsure)
		return "ran?";
	if (item->outcome == TRAFFIC_LATE && item->has_run)
		return "ran, late";
	return outcomes[item->outcome].text;
}

static void status_cell(struct table *table, const struct traffic_item *item)
{
	if (item->status < 0)
		table_cell(table, STYLE_DIM, "-");
	else if (item->is_unexpected)
		table_cell(table, STYLE_BAD, "%d, not %d", item->status,
			item->how.status);
	else
		table_cell(table, STYLE_PLAIN, "%d", item->status);
}

static void item_row(struct table *table, const struct traffic *traffic,
	const struct traffic_item *item)
{
	const char *handler = handler_of(traffic, item), *note = note_of(item);

	table_row(table, 2);
	table_cell(table, STYLE_PLAIN, "%s", label_of(item));
	table_cell(table, handler ? STYLE_NAME : STYLE_DIM, "%s",
		handler ? handler : "-");
	table_cell(table, outcomes[item->outcome].style, "%s", outcome_text(item));
	status_cell(table, item);
	if (note)
		table_extra(table, STYLE_DIM, "%s", note);
}

/* How many rows from `first` on are not driven for one and the same reason. */
static size_t count_alike(const struct traffic *traffic, size_t first)
{
	const struct traffic_item *item = &traffic->items[first];
	size_t n = 0;

	while (first + n < traffic->nitems && item->why &&
		item[n].outcome == TRAFFIC_UNDRIVEN && item[n].why &&
		strcmp(item[n].why, item->why) == 0 &&
		strcmp(group_of(&item[n]), group_of(item)) == 0)
		n++;
	return n;
}

static void alike_row(struct table *table, const struct traffic_item *item, size_t n)
{
	table_row(table, 2);
	table_cell(table, STYLE_PLAIN, "%s and %zu more", label_of(item), n - 1);
	table_cell(table, STYLE_DIM, "-");
	table_cell(table, outcomes[item->outcome].style, "%s", outcome_text(item));
	table_cell(table, STYLE_DIM, "-");
	table_extra(table, STYLE_DIM, "%s", item->why);
}

void traffic_report_text(struct arena *arena, const struct traffic *traffic)
{
	struct table table = {.arena = arena};
	const char *group = NULL;

	for (size_t i = 0, n; i < traffic->nitems; i += n) {
		const struct traffic_item *item = &traffic->items[i];

		n = count_alike(traffic, i);
		if (!group || strcmp(group, group_of(item)) != 0)
			table_line(&table, 0, STYLE_BOLD, "%s", group_of(item));
		group = group_of(item);
		if (n > MOST_ALIKE)
			alike_row(&table, item, n);
		else
			item_row(&table, traffic, item);
		if (n <= MOST_ALIKE)
			n = 1;
	}
	table_print(&table, stdout);
	table_release(&table);
}

static void words_member(struct json_writer *json, const struct traffic_item *item)
{
	json_key(json, "tokens");
	json_begin_array(json);
	for (size_t i = 0; i < item->tokens.count; i++)
		json_string(json, item->tokens.items[i]);
	json_end_array(json);
}

static void status_member(struct json_writer *json, const char *key, int status)
{
	json_key(json, key);
	if (status < 0)
		json_null(json);
	else
		json_uint(json, (uint64_t)status);
}

static void item_json(const struct traffic *traffic, const struct traffic_item *item)
{
	bool is_known = item->outcome >= TRAFFIC_RAN && item->nhandlers &&
			item->outcome != TRAFFIC_UNRECORDED;
	struct json_writer json;

	json_open(&json, stdout);
	json_begin_line_object(&json);
	json_member_string(&json, "row", traffic_kind_names[item->kind]);
	json_member_string(&json, "name", item->name);
	json_member_string(&json, "program", item->program);
	if (item->kind == TRAFFIC_COMMAND)
		words_member(&json, item);
	json_member_optional_string(&json, "route_id", item->route_id);
	json_member_string(&json, "handler", handler_of(traffic, item));
	json_member_string(&json, "outcome", traffic_outcome_names[item->outcome]);
	json_key(&json, "handler_ran");
	if (is_known && !item->is_unsure)
		json_bool(&json, item->has_run);
	else
		json_null(&json);
	status_member(&json, "status", item->status);
	status_member(&json, "expected_status", item->how.status);
	json_member_bool(&json, "is_expected", !item->is_unexpected);
	json_member_string(&json, "reason", item->why);
	json_member_string(&json, "said", item->said);
	json_end_object(&json);
	json_close(&json); /* main() asks stdout for failures */
}

void traffic_report_json(const struct traffic *traffic)
{
	for (size_t i = 0; i < traffic->nitems; i++)
		item_json(traffic, &traffic->items[i]);
}

void traffic_report_plan(const struct traffic *traffic)
{
	for (size_t i = 0; i < traffic->nitems; i++) {
		const struct traffic_item *item = &traffic->items[i];
		scoped_text line = {0};

		if (item->outcome == TRAFFIC_LEADS_ON)
			continue;
		if (item->why)
			text_printf(&line, "# %s: %s", item->name, item->why);
		else
			traffic_command_describe(traffic, item, &line);
		terminal_print(stdout, text_string(&line));
		putchar('\n');
	}
}

struct traffic_sum traffic_report_sum(const struct traffic *traffic)
{
	struct traffic_sum sum = {0};

	for (size_t i = 0; i < traffic->nitems; i++) {
		const struct traffic_item *item = &traffic->items[i];

		sum.nleading += item->outcome == TRAFFIC_LEADS_ON;
		sum.nskipped += item->outcome == TRAFFIC_SKIPPED;
		sum.nundriven += item->outcome == TRAFFIC_UNDRIVEN;
		sum.ndriven += item->outcome >= TRAFFIC_RAN;
		sum.nran += item->has_run;
		sum.nunsure += item->has_run && item->is_unsure;
		sum.nunseen += item->outcome == TRAFFIC_UNSEEN;
		sum.nlate += item->outcome == TRAFFIC_LATE;
		sum.nunrecorded += item->outcome == TRAFFIC_UNRECORDED;
		sum.nunexpected += item->is_unexpected;
	}
	return sum;
}

static void print_part(size_t count, const char *text)
{
	if (count)
		fprintf(stderr, ", %zu %s", count, text);
}

void traffic_report_summary(const struct traffic *traffic)
{
	const struct traffic_sum sum = traffic_report_sum(traffic);

	fprintf(stderr, "%s%zu of %zu driven%s: %zu handler%s ran",
		style_on(stderr, STYLE_BOLD), sum.ndriven, traffic->nitems - sum.nleading,
		style_off(stderr), sum.nran, sum.nran == 1 ? "" : "s");
	if (sum.nunsure)
		fprintf(stderr, " (%zu of them perhaps for another command)",
			sum.nunsure);
	print_part(sum.nunseen, "not seen");
	print_part(sum.nlate, "late");
	print_part(sum.nunrecorded, "not recorded");
	print_part(sum.nundriven, "not driven");
	print_part(sum.nskipped, "skipped");
	print_part(sum.nunexpected, "with another status than expected");
	fputc('\n', stderr);
}
