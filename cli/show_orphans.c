/* The question `orphans`: public functions that no entry point reaches. */
#include "cli/show.h"

#include "cli/command.h"
#include "core/arena.h"

#include <stdlib.h>
#include <string.h>

const char *show_reason(const struct show *show, const struct orphan *orphan)
{
	char *words = arena_strdup(show->arena, orphan->reason);

	if (orphan->called_from != TRACE_NONE)
		return arena_printf(show->arena, "called from %s",
			show->trace->functions[orphan->called_from].name);
	for (char *c = words; *c; c++)
		if (*c == '_')
			*c = ' ';
	return words;
}

static bool is_address_taken(const struct show *show, uint32_t function)
{
	return show->trace->functions[function].flags & FUNCTION_ADDRESS_TAKEN;
}

/* By module, then as in the trace; those whose address is taken after the others. */
static int compare_orphans(const void *left, const void *right, void *context)
{
	const struct show *show = context;
	uint32_t a = ((const struct orphan *)left)->function;
	uint32_t b = ((const struct orphan *)right)->function;
	int order = is_address_taken(show, a) - is_address_taken(show, b);

	if (!order)
		order = strcmp(show->trace->functions[a].module,
			show->trace->functions[b].module);
	return order ? order : (a > b) - (a < b);
}

/* The orphans asked for, in order. */
static struct orphan *choose(struct show *show, uint32_t module, size_t *n)
{
	const struct static_trace *trace = show->trace;
	struct orphan *orphans =
		arena_alloc(show->arena, trace->norphans * sizeof(*orphans));

	*n = 0;
	for (size_t i = 0; i < trace->norphans; i++)
		if (module == TRACE_NONE ||
			show->program.module_of[trace->orphans[i].function] == module)
			orphans[(*n)++] = trace->orphans[i];
	qsort_r(orphans, *n, sizeof(*orphans), compare_orphans, show);
	return orphans;
}

static void orphan_json(struct show *show, const struct orphan *orphan)
{
	struct json_writer *json = show_json(show, "orphan");

	show_json_function(json, show, orphan->function);
	json_member_string(json, "reason", orphan->reason);
	if (orphan->called_from != TRACE_NONE)
		json_member_string(json, "called_from",
			show->trace->functions[orphan->called_from].name);
	json_member_bool(json, "address_taken", is_address_taken(show, orphan->function));
	show_json_end(show);
}

static void orphan_cells(struct show *show, const struct orphan *orphan)
{
	const struct function *fn = &show->trace->functions[orphan->function];

	table_row(&show->table, 2);
	table_cell(&show->table, STYLE_NAME, "%s", fn->name);
	table_cell(&show->table, STYLE_PLAIN, "%s", show_reason(show, orphan));
	table_cell(&show->table, STYLE_PLACE, "%s", show_place(show, fn->file, fn->line));
}

/* What changes with this orphan, the one before being `before` (NULL: none). */
static void headings(struct show *show, const struct orphan *orphan,
	const struct orphan *before)
{
	const struct function *fns = show->trace->functions;
	bool is_taken = is_address_taken(show, orphan->function);
	bool was_taken = before && is_address_taken(show, before->function);

	if (is_taken && !was_taken) {
		if (before)
			table_line(&show->table, 0, STYLE_PLAIN, "%s", "");
		table_line(&show->table, 0, STYLE_WARN,
			"their address is taken: an open call may reach them");
	}
	if (!before || is_taken != was_taken ||
		strcmp(fns[before->function].module, fns[orphan->function].module) != 0)
		table_line(&show->table, 0, STYLE_BOLD, "%s",
			fns[orphan->function].module);
}

int show_orphans(struct show *show, char **args)
{
	const struct orphan *orphans;
	uint32_t module = TRACE_NONE;
	size_t n;

	(void)args;
	if (show->module && !show_find_module(show, show->module, &module))
		return EXIT_USAGE;
	orphans = choose(show, module, &n);
	show_title(show, "no entry point reaches %zu public function%s", n,
		show_plural(n));
	for (size_t i = 0; i < n; i++) {
		if (!show_row(show))
			continue;
		if (show->is_json) {
			orphan_json(show, &orphans[i]);
			continue;
		}
		headings(show, &orphans[i], i ? &orphans[i - 1] : NULL);
		orphan_cells(show, &orphans[i]);
	}
	if (!n)
		show_say("no orphans: entry points reach every public function%s",
			show->module ? " there" : "");
	return EXIT_CLEAN;
}
