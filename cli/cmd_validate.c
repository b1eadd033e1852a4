#include "cli/command.h"

#include "core/arena.h"
#include "core/baseline_json.h"
#include "core/document_json.h"
#include "core/dynamic_json.h"
#include "core/dynamic_trace.h"
#include "core/error.h"
#include "core/file.h"
#include "core/json_reader.h"
#include "core/rule_file.h"
#include "core/rules_json.h"
#include "core/schema_json.h"
#include "core/schema_texts.h"
#include "core/static_json.h"
#include "core/terminal_text.h"
#include "core/text.h"
#include "core/trace.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

extern const struct command cmd_validate;

static const char *given_schema;

static const struct option *validate_options(void)
{
	static const struct option options[] = {
		{0, "schema", OPTION_FILE, &given_schema, "FILE",
			"hold the files against this schema, and check nothing else",
			NULL, 0, 0},
		{0},
	};

	return options;
}

/* A file is read several times; what can be read only once is kept in memory. */
static bool open_source(struct arena *arena, const char *path, struct json_source *out,
	struct error *err)
{
	bool is_stdin = strcmp(path, "-") == 0;
	struct stat st;

	*out = (struct json_source){.name = is_stdin ? "standard input" : path};
	if (!is_stdin && (stat(path, &st) < 0 || !S_ISFIFO(st.st_mode)))
		return true;
	out->bytes = file_read(arena, path, &out->size, err);
	return out->bytes != NULL;
}

static bool report(const struct error *err)
{
	error_print(err, cmd_validate.name);
	return false;
}

/* Print what the schema forbids; false when there is something. */
static bool check_schema(const struct schema *schema, const struct json_source *source)
{
	struct schema_report found = {0};
	struct error err, unreadable;
	bool ok = schema_check(schema, source, &found, &unreadable);

	for (size_t i = 0; i < found.nfindings && i < SCHEMA_FINDINGS_MAX; i++) {
		const struct schema_finding *finding = &found.findings[i];

		error_set_byte(&err, source->name, finding->offset, "'%s' %s",
			*finding->pointer ? finding->pointer : "/", finding->text);
		report(&err);
	}
	if (found.nfindings > SCHEMA_FINDINGS_MAX) {
		error_set(&err, (struct location){source->name, 0, 0},
			"and %zu more like these", found.nfindings - SCHEMA_FINDINGS_MAX);
		report(&err);
	}
	if (!ok)
		report(&unreadable);
	ok = ok && !found.nfindings;
	schema_report_release(&found);
	return ok;
}

static bool fail_kind(const struct document *document, const struct json_source *source)
{
	scoped_text known = {0};
	struct error err;

	for (const struct schema_text *text = schema_texts; text->kind; text++)
		text_printf(&known, "%s'%s'", known.len ? ", " : "", text->kind);
	if (document->kind)
		error_set_byte(&err, source->name, document->kind_offset,
			"the kind '%.80s' is not one that this pcarch knows: %s",
			document->kind, text_string(&known));
	else
		error_set(&err, (struct location){source->name, 0, 0},
			"the member 'kind' is missing: expected %s; with --schema any JSON can be "
			"validated",
			text_string(&known));
	return report(&err);
}

/* A later minor version may hold more than the schema allows, a later major anything. */
static bool check_version(const struct document *document,
	const struct json_source *source)
{
	unsigned major, minor;
	struct error err;

	if (!document->version || sscanf(document->version, "%u.%u", &major, &minor) != 2)
		return true; /* the schema says what is wrong with it */
	if (major < TRACE_SCHEMA_MAJOR ||
		(major == TRACE_SCHEMA_MAJOR && minor <= TRACE_SCHEMA_MINOR))
		return true;
	error_set_byte(&err, source->name, document->version_offset,
		"schema version %.20s is newer than the %d.%d that this pcarch knows: use the "
		"pcarch that wrote the file, or a later one",
		document->version, TRACE_SCHEMA_MAJOR, TRACE_SCHEMA_MINOR);
	return report(&err);
}

/* What no schema says: all that it refers to is there, and sums are right. */
static bool check_references(struct arena *arena, const char *kind,
	const struct json_source *source)
{
	struct dynamic_trace seen;
	struct static_trace trace;
	struct baseline baseline;
	struct error err;
	bool ok = true;

	if (strcmp(kind, "static") == 0)
		ok = static_json_read_source(arena, source, &trace, &err);
	else if (strcmp(kind, "dynamic") == 0)
		ok = dynamic_json_read_source(arena, source, &seen, &err);
	else if (strcmp(kind, "baseline") == 0)
		ok = baseline_json_read_source(arena, source, &baseline, &err);
	return ok || report(&err);
}

static bool validate_rules(struct arena *arena, const struct json_source *source)
{
	struct rule_problems problems;
	struct rule_file rules;
	struct error err;

	if (rules_json_check(arena, source, &rules, &problems)) {
		terminal_print(stdout, source->name);
		printf(": valid (rules, version %d)\n", RULES_VERSION);
		return true;
	}
	for (size_t i = 0; i < problems.nlisted; i++)
		report(&problems.list[i]);
	if (problems.count > problems.nlisted) {
		error_set(&err, (struct location){source->name, 0, 0},
			"and %zu more like these", problems.count - problems.nlisted);
		report(&err);
	}
	return false;
}

/* People write them: they need no kind, and may break off before they say it. */
static bool is_rules(const struct document *document, const struct json_source *source)
{
	if (document && document->kind)
		return strcmp(document->kind, "rules") == 0;
	return text_has_suffix(source->name, ".pcarch.json") ||
	       rules_json_recognise(source);
}

/* By the schema of its kind, and what no schema says: all it refers to is there. */
static bool validate_known(struct arena *arena, const struct json_source *source)
{
	const struct schema_text *text;
	struct document document;
	struct schema *schema;
	struct error err;
	bool ok = document_identify(arena, source, &document, &err);

	if (is_rules(ok ? &document : NULL, source))
		return validate_rules(arena, source);
	if (!ok)
		return report(&err);
	text = document.kind ? schema_text_of(document.kind) : NULL;
	if (!text)
		return fail_kind(&document, source);
	if (!check_version(&document, source))
		return false;
	schema = schema_new(text->text, text->size, text->kind, &err);
	if (!schema)
		return report(&err);
	ok = check_schema(schema, source);
	schema_free(schema);
	if (!ok || !check_references(arena, document.kind, source))
		return false;
	terminal_print(stdout, source->name);
	printf(": valid (%s, schema %s)\n", document.kind, document.version);
	return true;
}

static bool validate_given(struct arena *arena, const struct json_source *source)
{
	struct schema *schema = NULL;
	struct error err;
	size_t size;
	char *text = file_read(arena, given_schema, &size, &err);
	bool ok;

	if (text)
		schema = schema_new(text, size, given_schema, &err);
	if (!schema)
		return report(&err);
	ok = check_schema(schema, source);
	schema_free(schema);
	if (!ok)
		return false;
	terminal_print(stdout, source->name);
	fputs(": valid (", stdout);
	terminal_print(stdout, given_schema);
	fputs(")\n", stdout);
	return true;
}

static bool validate(const char *path)
{
	struct arena arena = {0};
	struct json_source source;
	struct error err;
	bool ok;

	if (!open_source(&arena, path, &source, &err))
		ok = report(&err);
	else
		ok = given_schema ? validate_given(&arena, &source)
				  : validate_known(&arena, &source);
	arena_release(&arena);
	return ok;
}

static int validate_main(int argc, char **argv)
{
	int code = options_parse(&cmd_validate, &argc, &argv);
	bool ok = true;

	if (code >= 0)
		return code;
	if (!argc)
		return usage_error("validate",
			"no file is given; 'pcarch scan' writes static.json, '-' is stdin");
	for (int i = 0; i < argc; i++)
		ok = validate(argv[i]) && ok;
	return ok ? EXIT_CLEAN : EXIT_USAGE;
}

const struct command cmd_validate = {
	.name = "validate",
	.args = "[options] FILE...",
	.summary = "check pcarch files against their schemas",
	.description =
		"Hold each file against the JSON Schema of its kind, and check that whatever it "
		"refers to is there and that what it says twice agrees. One line for each valid "
		"file goes to stdout, what is wrong to stderr, with its byte offset (in rules, "
		"its line) and JSON pointer. The exit status is 0 when all files are valid, and 2 otherwise.\n\n"
		"Files of any size are read element by element.",
	.examples = "  pcarch validate static.json\n"
		    "  pcarch validate .pcarch.json\n"
		    "  zcat static.json.gz | pcarch validate -\n"
		    "  pcarch validate --schema mine.schema.json mine.json",
	.options = validate_options,
	.run = validate_main,
	.operand = OPERAND_JSON,
};
