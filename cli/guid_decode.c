/* guid decode: which command, and which of its branches, a GUID stands for. */
#include "cli/guid_request.h"

#include "cli/table.h"
#include "core/json_writer.h"
#include "core/text.h"
#include "core/timestamp.h"
#include "core/trace.h"
#include "core/trace_names.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const answer_names[] = {
	[GUID_MATCH] = "match",
	[GUID_NO_MATCH] = "no_match",
	[GUID_BUDGET_EXCEEDED] = "budget_exceeded",
};

/* A decoded GUID, ready to be printed. */
struct decoded {
	const struct guid_known *known;
	const struct guid_known_way *way;
	const struct route *route; /* NULL: the program without a command */
	const char *hex;
	char time[TIMESTAMP_SIZE], key[GUID_KEY_ID_HEX_SIZE];
	char route_id[ROUTE_ID_SIZE], path_id[ROUTE_ID_SIZE];
};

/* What runs when no word follows: a default stands right below its parent. */
static const struct route *default_of(const struct route_tree *tree,
	const struct guid_found *found)
{
	uint32_t owner = route_tree_program(tree, found->program);
	struct index_list below;

	if (owner == TRACE_NONE)
		return NULL;
	below = route_tree_below(tree, (struct route_part){owner, found->route});
	assert(tree->trace->routes || !below.count);
	for (size_t i = 0; i < below.count; i++) {
		const struct route *route = &tree->trace->routes[below.items[i]];

		if (route->is_default)
			return route;
	}
	return NULL;
}

static struct decoded decode(const struct guid_known *known,
	const struct guid_known_way *way, const char *hex, const uint8_t guid[GUID_SIZE])
{
	const struct route_tree *tree = &known->tree;
	struct decoded out = {.known = known, .way = way, .hex = hex};

	timestamp_print(guid_nonce_ms(guid) * 1000000, 3, out.time);
	if (way->found.answer != GUID_MATCH)
		return out;
	guid_key_label(way->key, out.key);
	route_chain_id(&way->found.chain.route, out.route_id);
	route_chain_id(&way->found.chain.path, out.path_id);
	if (way->found.route != TRACE_NONE)
		out.route = &tree->trace->routes[way->found.route];
	if (!out.route || out.route->handler == TRACE_NONE) {
		const struct route *fallback = default_of(tree, &way->found);

		out.route = fallback ? fallback : out.route;
	}
	return out;
}

static void print_route(const struct decoded *decoded, struct table *table)
{
	const struct guid_found *found = &decoded->way->found;
	scoped_text words = {0}, rest = {0};

	for (size_t i = 0; i < found->count; i++) {
		const struct guid_way_step *step = &found->steps[i];

		if (step->kind == GUID_PROG || step->kind == GUID_CMD) {
			text_printf(&words, "%s%s", words.len ? " " : "", step->label);
			continue;
		}
		text_add(&rest, rest.len ? ", " : "");
		guid_step_print(&rest, step);
	}
	table_row(table, 0);
	table_cell(table, STYLE_DIM, "route");
	table_cell(table, STYLE_BOLD, "%s", text_string(&words));
	if (!rest.len)
		return;
	table_row(table, 0);
	table_cell(table, STYLE_DIM, "then");
	table_cell(table, STYLE_PLAIN, "%s", text_string(&rest));
}

static void print_handler(const struct decoded *decoded, struct table *table)
{
	const struct static_trace *trace = decoded->known->tree.trace;
	const struct function *fn;

	if (!decoded->route)
		return;
	table_row(table, 0);
	table_cell(table, STYLE_DIM, "handler");
	if (decoded->route->handler == TRACE_NONE) {
		table_cell(table, STYLE_PLAIN, "not known (%s), named at %s:%u",
			decoded->route->handler_reason ? decoded->route->handler_reason
						       : "no_handler",
			decoded->route->file, decoded->route->line);
		return;
	}
	fn = &trace->functions[decoded->route->handler];
	table_cell(table, STYLE_NAME, "%s() at %s:%u", fn->name, fn->file, fn->line);
}

static void print_pair(struct table *table, const char *name, const char *value)
{
	table_row(table, 0);
	table_cell(table, STYLE_DIM, "%s", name);
	table_cell(table, STYLE_PLAIN, "%s", value);
}

static void print_text(const struct decoded *decoded, struct arena *arena)
{
	__attribute__((cleanup(table_release))) struct table table = {.arena = arena};
	enum guid_answer answer = decoded->way->found.answer;

	table_row(&table, 0);
	table_cell(&table, STYLE_DIM, "answer");
	table_cell(&table, answer == GUID_MATCH ? STYLE_GOOD : STYLE_WARN, "%s",
		answer_names[answer]);
	if (answer == GUID_MATCH) {
		print_route(decoded, &table);
		print_handler(decoded, &table);
		print_pair(&table, "route_id", decoded->route_id);
		print_pair(&table, "path_id", decoded->path_id);
		print_pair(&table, "key", decoded->key);
	}
	print_pair(&table, "began", decoded->time);
	table_print(&table, stdout);
}

static void function_json(struct json_writer *json, const struct function *fn)
{
	json_key(json, "handler");
	json_begin_line_object(json);
	json_member_string(json, "module", fn->module);
	json_member_string(json, "function", fn->name);
	json_member_uint(json, "arity", fn->arity);
	json_member_string(json, "file", fn->file);
	json_member_uint(json, "line", fn->line);
	json_member_string(json, "type", function_type_names[fn->type]);
	json_end_object(json);
}

static void match_json(struct json_writer *json, const struct decoded *decoded)
{
	const struct static_trace *trace = decoded->known->tree.trace;
	const struct guid_found *found = &decoded->way->found;
	const struct route *route = decoded->route;

	json_member_string(json, "key_id", decoded->key);
	json_member_string(json, "program", found->program);
	guid_steps_json(json, "steps", found->steps, found->count);
	json_member_string(json, "route_id", decoded->route_id);
	json_member_string(json, "path_id", decoded->path_id);
	if (!route)
		return;
	json_member_string(json, "pattern", route->pattern);
	json_member_string(json, "file", route->file);
	json_member_uint(json, "line", route->line);
	json_member_optional_string(json, "handler_reason", route->handler_reason);
	if (route->handler != TRACE_NONE)
		function_json(json, &trace->functions[route->handler]);
}

static void print_json(const struct decoded *decoded)
{
	struct json_writer json;

	json_open(&json, stdout);
	json_begin_object(&json);
	json_member_string(&json, "answer", answer_names[decoded->way->found.answer]);
	json_member_string(&json, "guid", decoded->hex);
	json_member_string(&json, "time", decoded->time);
	json_member_uint(&json, "evaluations", decoded->way->found.ntags);
	if (decoded->way->found.answer == GUID_MATCH)
		match_json(&json, decoded);
	json_end_object(&json);
	json_close(&json); /* main() asks stdout whether a write failed */
}

/* What else it may be, where nothing was found. */
static void explain(const struct guid_known *known, const struct guid_known_way *way)
{
	const struct guid_request *request = known->request;
	scoped_text keys = {0};

	if (way->found.answer == GUID_BUDGET_EXCEEDED) {
		fprintf(stderr,
			"pcarch guid: note: %" PRIu64
			" ways were tried, others are left; "
			"--program or a greater --budget may find it\n",
			way->found.ntags);
		return;
	}
	for (size_t i = 0; i < known->keys.count; i++) {
		char label[GUID_KEY_ID_HEX_SIZE];

		guid_key_label(&known->keys.items[i].key, label);
		text_printf(&keys, "%s%s", i ? ", " : "", label);
	}
	fprintf(stderr,
		"pcarch guid: note: none of %" PRIu64 " ways, by these keys: %s; other "
		"keys%s%s%s and other versions of the program were not tried\n",
		way->found.ntags, text_string(&keys),
		request->user || request->user_ref ? "" : ", users (--user)",
		request->nforks ? "" : ", forked children (--forks)",
		request->outcomes.count ? "" : ", errors as outcomes (--outcome)");
}

int guid_decode(const struct guid_request *request)
{
	static const int codes[] = {
		[GUID_MATCH] = EXIT_CLEAN,
		[GUID_NO_MATCH] = EXIT_FINDINGS,
		[GUID_BUDGET_EXCEEDED] = EXIT_INCOMPLETE,
	};
	scoped_known known = {0};
	struct guid_known_way way;
	uint8_t guid[GUID_SIZE];
	struct decoded decoded;

	if (request->noperands != 1)
		return usage_error("guid",
			"'decode' takes one GUID, as in 'pcarch guid decode GUID'");
	if (!guid_request_parse(request->operands[0], guid) ||
		!guid_known_open(&known, request) || !guid_known_find(&known, guid, &way))
		return EXIT_USAGE;
	decoded = decode(&known, &way, request->operands[0], guid);
	if (guid_wants_json(request))
		print_json(&decoded);
	else
		print_text(&decoded, &known.arena);
	if (way.found.answer != GUID_MATCH)
		explain(&known, &way);
	return codes[way.found.answer];
}
