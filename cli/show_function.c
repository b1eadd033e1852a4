/* The question `function`: what is known of one function. */
#include "cli/show.h"

#include "cli/command.h"
#include "cli/neighbours.h"
#include "core/arena.h"
#include "core/route_tree.h"
#include "core/text.h"
#include "core/trace_names.h"

enum {
	MAX_COMMANDS = 8 /* of those that run one function */
};

static const char *attributes_text(const struct show *show, unsigned flags)
{
	scoped_text text = {0};

	for (size_t i = 0; function_flag_names[i]; i++)
		if (flags & 1u << i)
			text_printf(&text, "%s%s", text.len ? ", " : "",
				function_flag_names[i]);
	return arena_strdup(show->arena, text_string(&text));
}

static size_t count_holes(const struct show *show, uint32_t function)
{
	struct index_list sites = program_sites_in(&show->program, function);
	size_t count = 0;

	for (size_t i = 0; i < sites.count; i++)
		count += show_is_hole(show, sites.items[i]);
	return count;
}

/* Known in several ways, one stands more than once. */
static size_t count_functions(const struct show *show, const struct neighbours *around)
{
	bool *is_seen =
		arena_alloc(show->arena, show->trace->nfunctions * sizeof(*is_seen));
	size_t count = 0;

	for (size_t i = 0; i < around->count; i++) {
		count += !is_seen[around->items[i].function];
		is_seen[around->items[i].function] = true;
	}
	return count;
}

/* NULL: it is none. */
static const struct orphan *find_orphan(const struct show *show, uint32_t function)
{
	for (size_t i = 0; i < show->trace->norphans; i++)
		if (show->trace->orphans[i].function == function)
			return &show->trace->orphans[i];
	return NULL;
}

static void function_json(struct show *show, uint32_t function)
{
	const struct function *fn = &show->trace->functions[function];
	const struct orphan *orphan = find_orphan(show, function);
	struct json_writer *json = show_json(show, "function");

	show_json_function(json, show, function);
	json_member_uint(json, "column", fn->column);
	json_member_uint(json, "end_line", fn->end_line);
	json_member_string(json, "signature", fn->signature);
	json_key(json, "attributes");
	json_begin_array(json);
	for (size_t i = 0; function_flag_names[i]; i++)
		if (fn->flags & 1u << i)
			json_string(json, function_flag_names[i]);
	json_end_array(json);
	json_member_uint(json, "calls_from",
		program_calls_from(&show->program, function).count);
	json_member_uint(json, "calls_to",
		program_calls_to(&show->program, function).count);
	json_member_uint(json, "open_sites", count_holes(show, function));
	if (orphan)
		json_member_string(json, "orphan", orphan->reason);
	show_json_end(show);
}

static void fact(struct show *show, const char *name, const char *value)
{
	if (!*value)
		return;
	table_row(&show->table, 2);
	table_cell(&show->table, STYLE_DIM, "%s", name);
	table_cell(&show->table, STYLE_PLAIN, "%s", value);
}

static const char *traffic_text(const struct show *show, uint32_t function,
	enum program_direction direction)
{
	struct neighbours around =
		neighbours_of(&show->program, show->arena, function, direction);
	size_t nfunctions = count_functions(show, &around), ncalls = 0;

	for (size_t i = 0; i < around.count; i++)
		ncalls += around.items[i].calls.count;
	if (!ncalls)
		return "nothing that is known";
	return arena_printf(show->arena, "%zu function%s, %zu call%s", nfunctions,
		show_plural(nfunctions), ncalls, show_plural(ncalls));
}

/* "git add, git stage and 3 more": the commands that run it. */
static const char *commands_text(const struct show *show, uint32_t function)
{
	const struct static_trace *trace = show->trace;
	scoped_text text = {0};
	size_t count = 0;

	for (size_t i = 0; i < trace->nroutes; i++) {
		if (trace->routes[i].handler != function || count++ >= MAX_COMMANDS)
			continue;
		text_add(&text, text.len ? ", " : "");
		route_name(&trace->routes[i], &text);
	}
	if (count > MAX_COMMANDS)
		text_printf(&text, " and %zu more", count - MAX_COMMANDS);
	return arena_strdup(show->arena, text_string(&text));
}

static void function_facts(struct show *show, uint32_t function)
{
	const struct function *fn = &show->trace->functions[function];
	const struct orphan *orphan = find_orphan(show, function);
	size_t nholes = count_holes(show, function);

	table_line(&show->table, 0, STYLE_NAME, "%s", fn->name);
	fact(show, "place",
		fn->end_line > fn->line ? arena_printf(show->arena, "%s:%u-%u", fn->file,
						  fn->line, fn->end_line)
					: show_place(show, fn->file, fn->line));
	fact(show, "module", fn->module);
	fact(show, "type", function_type_names[fn->type]);
	fact(show, "signature", fn->signature ? fn->signature : "");
	fact(show, "attributes", attributes_text(show, fn->flags));
	fact(show, "command", commands_text(show, function));
	fact(show, "calls", traffic_text(show, function, PROGRAM_CALLEES));
	if (nholes)
		fact(show, "open",
			arena_printf(show->arena, "%zu call site%s in it", nholes,
				show_plural(nholes)));
	fact(show, "called by", traffic_text(show, function, PROGRAM_CALLERS));
	if (orphan)
		fact(show, "orphan", show_reason(show, orphan));
}

int show_function(struct show *show, char **args)
{
	uint32_t function;

	if (!show_find_function(show, args[0], &function))
		return EXIT_USAGE;
	if (show_row(show) && show->is_json)
		function_json(show, function);
	else if (!show->is_json)
		function_facts(show, function);
	show_reached_by(show, (struct index_list){&function, 1});
	return EXIT_CLEAN;
}
