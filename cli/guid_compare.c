/* guid compare: the first step at which two executions took different ways. */
#include "cli/guid_request.h"

#include "cli/guid_record.h"
#include "cli/table.h"
#include "core/error.h"
#include "core/json_writer.h"
#include "core/text.h"

#include <stdio.h>
#include <string.h>

/* The steps of one of the two, from a log or decoded. */
struct side {
	const char *operand; /* a GUID, or the nonce that it begins with */
	const struct guid_way_step *steps; /* in an arena */
	size_t count;
	char path_id[ROUTE_ID_SIZE];
	bool is_found;
	enum guid_verdict verdict; /* of the record that it was found in */
};

struct comparison {
	const struct guid_request *request;
	struct arena arena;
	struct guid_keys keys;
	struct side sides[2];
};

static void comparison_release(struct comparison *comparison)
{
	guid_keys_wipe(&comparison->keys);
	arena_release(&comparison->arena);
}

static bool is_nonce(const char *operand)
{
	return strlen(operand) == GUID_NONCE_HEX_SIZE - 1;
}

static bool check_operand(const char *operand)
{
	size_t length = strlen(operand);

	if ((length == GUID_HEX_SIZE - 1 || is_nonce(operand)) &&
		strspn(operand, "0123456789abcdef") == length)
		return true;
	usage_error("guid",
		"'%s' is no GUID: it has 64 lowercase hex digits, or the first 32 of them",
		operand);
	return false;
}

static void take_steps(struct comparison *comparison, struct side *side,
	const struct guid_way_step *steps, size_t count)
{
	struct guid_way_step *copy =
		arena_alloc(&comparison->arena, count * sizeof(*copy));
	struct route_chain path = {0};

	for (size_t i = 0; i < count; i++) {
		copy[i].kind = steps[i].kind;
		copy[i].label = arena_strdup(&comparison->arena, steps[i].label);
		if (copy[i].kind <= GUID_BRANCH)
			route_chain_step(&path, (enum route_step)copy[i].kind,
				copy[i].label);
	}
	route_chain_id(&path, side->path_id);
	side->steps = copy;
	side->count = count;
	side->is_found = true;
}

/* Of a nonce, the record with most steps: where the execution ended. */
static void offer(void *context, const struct guid_record *record)
{
	struct comparison *comparison = context;

	for (size_t i = 0; i < 2; i++) {
		struct side *side = &comparison->sides[i];

		if (!record->guid ||
			strncmp(record->guid, side->operand, strlen(side->operand)) !=
				0 ||
			(side->is_found && record->nsteps < side->count))
			continue;
		side->verdict = guid_record_verify(record, &comparison->keys);
		take_steps(comparison, side, record->steps, record->nsteps);
	}
}

static bool read_logs(struct comparison *comparison)
{
	const struct option_values *logs = &comparison->request->logs;
	struct guid_records records = {.each = offer, .context = comparison};
	struct error err;

	for (size_t i = 0; i < logs->count; i++) {
		if (guid_records_read(&records, logs->items[i], &err))
			continue;
		error_print(&err, "guid");
		return false;
	}
	return true;
}

/* What no log has, from static.json. False: a message says why not. */
static bool decode(struct comparison *comparison)
{
	scoped_known known = {0};

	if (!guid_known_open(&known, comparison->request))
		return false;
	for (size_t i = 0; i < 2; i++) {
		struct side *side = &comparison->sides[i];
		struct guid_known_way way;
		uint8_t guid[GUID_SIZE];

		if (side->is_found || !guid_parse(side->operand, guid))
			continue;
		if (!guid_known_find(&known, guid, &way))
			return false;
		if (way.found.answer == GUID_MATCH)
			take_steps(comparison, side, way.found.steps, way.found.count);
	}
	return true;
}

/* How many steps are the same. */
static size_t common(const struct side *a, const struct side *b)
{
	size_t n = 0;

	while (n < a->count && n < b->count && a->steps[n].kind == b->steps[n].kind &&
		strcmp(a->steps[n].label, b->steps[n].label) == 0)
		n++;
	return n;
}

static void print_step(struct table *table, const struct side *side, size_t i,
	bool differs)
{
	scoped_text text = {0};

	if (i < side->count)
		guid_step_print(&text, &side->steps[i]);
	table_cell(table, differs ? STYLE_WARN : STYLE_PLAIN, "%s",
		i < side->count ? text_string(&text) : "(no step)");
}

static void print_text(struct comparison *comparison, size_t first)
{
	__attribute__((cleanup(table_release))) struct table table = {
		.arena = &comparison->arena};
	const struct side *a = &comparison->sides[0], *b = &comparison->sides[1];
	size_t count = a->count > b->count ? a->count : b->count;

	if (first == count)
		printf("the same way, %zu steps\n", count);
	else
		printf("step %zu is the first that differs\n", first + 1);
	for (size_t i = 0; i < count; i++) {
		table_row(&table, 2);
		table_cell(&table, STYLE_DIM, "%zu", i + 1);
		print_step(&table, a, i, i >= first);
		if (i >= first)
			print_step(&table, b, i, true);
	}
	table_row(&table, 2);
	table_cell(&table, STYLE_DIM, "path_id");
	table_cell(&table, STYLE_PLAIN, "%s", a->path_id);
	if (first < count)
		table_cell(&table, STYLE_PLAIN, "%s", b->path_id);
	table_print(&table, stdout);
}

static void print_json(const struct comparison *comparison, size_t first)
{
	struct json_writer json;
	bool is_same = first == comparison->sides[0].count &&
		       first == comparison->sides[1].count;

	json_open(&json, stdout);
	json_begin_object(&json);
	json_member_bool(&json, "same", is_same);
	if (!is_same)
		json_member_uint(&json, "first_difference", first + 1);
	json_key(&json, "executions");
	json_begin_array(&json);
	for (size_t i = 0; i < 2; i++) {
		const struct side *side = &comparison->sides[i];

		json_begin_line_object(&json);
		json_member_string(&json, "guid", side->operand);
		json_member_string(&json, "path_id", side->path_id);
		guid_steps_json(&json, "steps", side->steps, side->count);
		json_end_object(&json);
	}
	json_end_array(&json);
	json_end_object(&json);
	json_close(&json); /* main() asks stdout whether a write failed */
}

/* Are both known, and as they were recorded? */
static bool are_known(const struct comparison *comparison)
{
	bool ok = true;

	for (size_t i = 0; i < 2; i++) {
		const struct side *side = &comparison->sides[i];

		if (!side->is_found)
			fprintf(stderr,
				"pcarch guid: error: the steps of '%s' are not known: no "
				"log (--log) has them, and static.json does not tell\n",
				side->operand);
		else if (side->verdict == GUID_NO_KEY)
			fprintf(stderr,
				"pcarch guid: warning: the steps of '%s' are not verified: "
				"its key is not here\n",
				side->operand);
		else if (side->verdict != GUID_GOOD)
			fprintf(stderr,
				"pcarch guid: error: the steps recorded for '%s' do not "
				"give it; see 'pcarch guid verify'\n",
				side->operand);
		ok = ok && side->is_found &&
		     (side->verdict == GUID_GOOD || side->verdict == GUID_NO_KEY);
	}
	return ok;
}

int guid_compare(const struct guid_request *request)
{
	__attribute__((cleanup(comparison_release))) struct comparison comparison = {
		.request = request};
	struct side *sides = comparison.sides;
	size_t first;

	if (request->noperands != 2)
		return usage_error("guid",
			"'compare' takes two GUIDs, as in 'pcarch guid compare GUID GUID'");
	for (size_t i = 0; i < 2; i++) {
		sides[i].operand = request->operands[i];
		if (!check_operand(sides[i].operand))
			return EXIT_USAGE;
	}
	if (!guid_request_keys(request, &comparison.arena, &comparison.keys) ||
		!read_logs(&comparison))
		return EXIT_USAGE;
	if ((!sides[0].is_found || !sides[1].is_found) &&
		(request->file || !request->logs.count) && !decode(&comparison))
		return EXIT_USAGE;
	if (!are_known(&comparison))
		return EXIT_INCOMPLETE;
	first = common(&sides[0], &sides[1]);
	if (guid_wants_json(request))
		print_json(&comparison, first);
	else
		print_text(&comparison, first);
	return first == sides[0].count && first == sides[1].count ? EXIT_CLEAN
								  : EXIT_FINDINGS;
}
