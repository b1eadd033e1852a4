#include "core/rules_json.h"

#include "core/arena.h"
#include "core/compare.h"
#include "core/error.h"
#include "core/file.h"
#include "core/json_place.h"
#include "core/json_reader.h"
#include "core/rule_reader_json.h"
#include "core/schema_json.h"
#include "core/schema_texts.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text, how far its lines are counted, and what it has given so far. */
struct reading {
	struct rule_reader reader;
	const struct json_source *source;
	struct location at; /* of the byte `counted` */
	uint64_t counted;
};

static void reading_release(struct reading *reading)
{
	struct rule_reader *reader = &reading->reader;

	interner_release(&reader->strings);
	free(reader->calls.items);
	free(reader->assignments.items);
	free(reader->tables.items);
	free(reader->dispatchers.items);
	free(reader->compares.items);
	free(reader->forwards.items);
	free(reader->functions.items);
	free(reader->suppressions.items);
	free(reader->learned.items);
}

#define scoped_reading __attribute__((cleanup(reading_release))) struct reading

static void read_calls(struct rule_reader *reader, const cJSON *value)
{
	rule_read_call(reader, value, false);
}

static void read_registration(struct rule_reader *reader, const cJSON *value)
{
	rule_read_call(reader, value, true);
}

static const struct section {
	const char *name;
	void (*read)(struct rule_reader *reader, const cJSON *value);
} sections[] = {
	{"calls", read_calls},
	{"registrations", read_registration},
	{"assignments", rule_read_assignment},
	{"tables", rule_read_table},
	{"dispatchers", rule_read_dispatcher},
	{"compare", rule_read_compare},
	{"forward", rule_read_forward},
	{"functions", rule_read_function},
	{"suppressions", rule_read_suppression},
	{"learned", rule_read_learned},
	{NULL, NULL},
};

/* Elements come in the order of the text, so that each line is counted once. */
static unsigned line_of(struct reading *reading, uint64_t offset)
{
	for (; reading->counted < offset; reading->counted++)
		reading->at.line += reading->source->bytes[reading->counted] == '\n';
	return reading->at.line;
}

static bool on_array(void *context, const char *key, uint64_t offset, struct error *err)
{
	struct reading *reading = context;
	struct member_source *source = &reading->reader.source;

	(void)offset;
	(void)err;
	source->section = intern_string(&reading->reader.strings, key ? key : "");
	source->index = 0;
	return true;
}

static bool on_value(void *context, const char *key, const cJSON *value, uint64_t offset,
	struct error *err)
{
	struct reading *reading = context;
	struct rule_reader *reader = &reading->reader;
	const struct section *section = sections;

	while (section->name && key && strcmp(section->name, key) != 0)
		section++;
	if (!key || !section->name)
		return true;
	reader->source.offset = offset;
	reader->source.err = err;
	reader->origin.line = line_of(reading, offset);
	section->read(reader, value);
	reader->source.index++;
	return !reader->source.failed;
}

/* What two rules of one file must not both say. */
struct named {
	const char *name;
	const struct rule_origin *origin;
};

static int by_name(const void *left, const void *right)
{
	const struct named *a = left, *b = right;
	int order = strcmp(a->name, b->name);

	return order ? order : compare_u32(a->origin->line, b->origin->line);
}

static bool check_twice(struct named *list, size_t count, const char *what,
	struct error *err)
{
	qsort(list, count, sizeof(*list), by_name);
	for (size_t i = 1; i < count; i++) {
		const struct rule_origin *origin = list[i].origin;

		if (strcmp(list[i].name, list[i - 1].name) == 0)
			return error_set(err,
				(struct location){origin->file, origin->line, 0},
				"the %s '%.80s' has a rule in line %u already: make one of the two",
				what, list[i].name, list[i - 1].origin->line);
	}
	return true;
}

static bool check_names(struct arena *arena, const struct rule_file *file,
	struct error *err)
{
	size_t most = file->ntables + file->nassignments, n = 0;
	struct named *list;

	for (size_t i = 0; i < file->ncalls; i++)
		most += file->calls[i].nnames;
	list = arena_alloc(arena, most * sizeof(*list));
	for (size_t i = 0; i < file->ncalls; i++)
		for (size_t k = 0; k < file->calls[i].nnames; k++)
			list[n++] = (struct named){
				file->calls[i].names[k], &file->calls[i].origin};
	if (!check_twice(list, n, "function", err))
		return false;
	n = 0;
	for (size_t i = 0; i < file->ntables; i++)
		if (file->tables[i].id)
			list[n++] = (struct named){
				file->tables[i].id, &file->tables[i].origin};
	if (!check_twice(list, n, "table", err))
		return false;
	n = 0;
	for (size_t i = 0; i < file->nassignments; i++) {
		const struct assignment_rule *rule = &file->assignments[i];

		list[n++].name =
			rule->variable
				? rule->variable
				: arena_printf(arena, "%s.%s",
					  rule->record ? rule->record : "", rule->field);
		list[n - 1].origin = &rule->origin;
	}
	return check_twice(list, n, "field or variable", err);
}

static void *take(struct arena *arena, const struct rule_list *list, size_t size)
{
	void *items = arena_alloc(arena, list->count * size);

	if (list->count)
		memcpy(items, list->items, list->count * size);
	return items;
}

static struct rule_file take_all(struct rule_reader *in)
{
	struct arena *arena = in->arena;

	return (struct rule_file){
		take(arena, &in->calls, sizeof(struct call_rule)),
		in->calls.count,
		take(arena, &in->assignments, sizeof(struct assignment_rule)),
		in->assignments.count,
		take(arena, &in->tables, sizeof(struct table_rule)),
		in->tables.count,
		take(arena, &in->dispatchers, sizeof(struct dispatcher_rule)),
		in->dispatchers.count,
		take(arena, &in->compares, sizeof(struct compare_rule)),
		in->compares.count,
		take(arena, &in->forwards, sizeof(struct forward_rule)),
		in->forwards.count,
		take(arena, &in->functions, sizeof(struct function_rule)),
		in->functions.count,
		take(arena, &in->suppressions, sizeof(struct suppression_rule)),
		in->suppressions.count,
		take(arena, &in->learned, sizeof(struct learned_rule)),
		in->learned.count,
	};
}

/* A byte in a message becomes a line: people wrote the file. */
static void point_at_line(const struct json_source *source, struct error *err)
{
	char text[sizeof(err->text)];
	uint64_t offset;
	int behind = 0;

	if (sscanf(err->text, "byte %" SCNu64 ": %n", &offset, &behind) != 1 || !behind ||
		offset > source->size)
		return;
	snprintf(text, sizeof(text), "%s", err->text + behind);
	error_set(err, json_place_of(source->name, source->bytes, offset), "%s", text);
}

static bool read_elements(struct arena *arena, const struct json_source *source,
	bool is_shipped, struct rule_file *out, struct error *err)
{
	scoped_reading reading = {.source = source, .at = {source->name, 1, 1}};
	const struct json_visitor visitor = {
		.value = on_value, .array = on_array, .context = &reading};
	struct rule_reader *reader = &reading.reader;
	struct rule_file file;

	reader->arena = arena;
	reader->strings.arena = arena;
	reader->source.file = arena_strdup(arena, source->name);
	reader->source.interner = &reader->strings;
	reader->origin = (struct rule_origin){reader->source.file, 0, is_shipped};
	if (!json_read(source, &visitor, err)) {
		point_at_line(source, err);
		return false;
	}
	file = take_all(reader);
	if (!is_shipped && !check_names(arena, &file, err))
		return false;
	*out = file;
	return true;
}

/* Find `"\u0000"` and make it a character that a string of ours can hold. */
static void replace_nuls(char *bytes, size_t size)
{
	static const char nul[] = "\"\\u0000\"", instead[] = "\"\\ue000\"";
	char *at = bytes;

	while ((at = memmem(at, size - (size_t)(at - bytes), nul, sizeof(nul) - 1)))
		for (size_t i = 0; i + 1 < sizeof(instead); i++)
			*at++ = instead[i];
}

/* The whole text, in the arena. */
static bool load(struct arena *arena, const struct json_source *source,
	struct json_source *out, struct error *err)
{
	size_t size = source->size;
	char *bytes = source->bytes ? arena_copy(arena, source->bytes, size)
				    : file_read(arena, source->name, &size, err);

	if (!bytes)
		return false;
	if (size > RULES_MAX_BYTES)
		return error_set(err, (struct location){source->name, 0, 0},
			"the file has %zu bytes: rules may have %d", size,
			RULES_MAX_BYTES);
	replace_nuls(bytes, size);
	*out = (struct json_source){source->name, bytes, size};
	return true;
}

static void add_problem(struct arena *arena, struct rule_problems *problems,
	const struct error *err)
{
	struct error *listed;

	problems->count++;
	if (problems->nlisted == RULES_PROBLEMS_MAX)
		return;
	if (!problems->list)
		problems->list =
			arena_alloc(arena, RULES_PROBLEMS_MAX * sizeof(*problems->list));
	listed = &problems->list[problems->nlisted++];
	*listed = *err;
	listed->at.file = err->at.file ? listed->file : NULL;
}

static int by_place(const void *left, const void *right)
{
	const struct error *a = left, *b = right;
	int order = compare_u32(a->at.line, b->at.line);

	return order ? order : compare_u32(a->at.col, b->at.col);
}

static void list_findings(struct arena *arena, const struct json_source *source,
	const struct schema_report *report, struct rule_problems *problems)
{
	struct error err;

	for (size_t i = 0; i < report->nfindings && i < SCHEMA_FINDINGS_MAX; i++) {
		const struct schema_finding *finding = &report->findings[i];
		const char *pointer = finding->pointer;
		uint64_t offset = json_place_find(source->bytes, source->size, pointer);

		error_set(&err, json_place_of(source->name, source->bytes, offset),
			"'%s' %s", *pointer ? pointer : "/", finding->text);
		add_problem(arena, problems, &err);
	}
	qsort(problems->list, problems->nlisted, sizeof(err), by_place);
	for (size_t i = 0; i < problems->nlisted; i++) /* they have moved */
		problems->list[i].at.file = problems->list[i].file;
	problems->count = report->nfindings;
}

/* False when the text is no JSON, or breaks the schema: both are in `problems`. */
static bool check_schema(struct arena *arena, const struct json_source *source,
	struct rule_problems *problems)
{
	const struct schema_text *text = schema_text_of("rules");
	struct schema_report report = {0};
	struct error err;
	struct schema *schema = schema_new(text->text, text->size, text->kind, &err);

	if (!schema)
		abort(); /* it is our own */
	if (!schema_check(schema, source, &report, &err)) {
		point_at_line(source, &err);
		add_problem(arena, problems, &err);
	} else if (report.nfindings) {
		list_findings(arena, source, &report, problems);
	}
	schema_report_release(&report);
	schema_free(schema);
	return !problems->count;
}

struct version {
	bool is_number;
	double number;
	uint64_t offset;
};

static bool on_version(void *context, const char *key, const cJSON *value,
	uint64_t offset, struct error *err)
{
	struct version *version = context;

	(void)err;
	if (!key || strcmp(key, "version") != 0 || !cJSON_IsNumber(value))
		return true;
	*version = (struct version){true, value->valuedouble, offset};
	return false; /* enough is known: stop */
}

static struct version find_version(const struct json_source *source)
{
	struct version version = {0};
	const struct json_visitor visitor = {.value = on_version, .context = &version};
	struct error ignored;

	json_read(source, &visitor, &ignored);
	return version;
}

bool rules_json_recognise(const struct json_source *source)
{
	return find_version(source).is_number;
}

/* What a later version allows, no schema of ours can say: this comes first. */
static bool check_version(const struct json_source *source, struct error *err)
{
	struct version version = find_version(source);

	return version.number <= RULES_VERSION ||
	       error_set(err, json_place_of(source->name, source->bytes, version.offset),
		       "version %.0f is newer than the %d that this pcarch knows: use a "
		       "later pcarch",
		       version.number, RULES_VERSION);
}

bool rules_json_check(struct arena *arena, const struct json_source *source,
	struct rule_file *out, struct rule_problems *problems)
{
	struct json_source text;
	struct error err = {0};

	*problems = (struct rule_problems){0};
	if (load(arena, source, &text, &err) && check_version(&text, &err)) {
		if (!check_schema(arena, &text, problems))
			return false;
		if (read_elements(arena, &text, false, out, &err))
			return true;
	}
	add_problem(arena, problems, &err);
	return false;
}

bool rules_json_read(struct arena *arena, const struct json_source *source,
	struct rule_file *out, struct error *err)
{
	struct rule_problems problems;

	if (rules_json_check(arena, source, out, &problems))
		return true;
	*err = problems.list[0];
	err->at.file = err->at.file ? err->file : NULL;
	return false;
}

bool rules_json_read_shipped(struct arena *arena, const struct json_source *source,
	struct rule_file *out, struct error *err)
{
	return read_elements(arena, source, true, out, err);
}
