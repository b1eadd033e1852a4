#include "cli/diff_tables.h"

#include "cli/table.h"
#include "cli/terminal.h"
#include "core/arena.h"
#include "core/terminal_text.h"
#include "core/text.h"
#include "diff/compare/changes.h"
#include "diff/compare/comparison.h"

#include <inttypes.h>
#include <string.h>

enum {
	SHORT_MODULES = 20, /* with more, the table needs --all */
	SHORT_CROSSINGS = 10,
};

/* Cells of figures, aligned to the right as people read them. */
static void add_coverage(struct table *table, const char *name,
	const struct coverage *coverage)
{
	enum style style = coverage->is_hot    ? STYLE_GOOD
			   : coverage->is_cold ? STYLE_BAD
					       : STYLE_PLAIN;

	table_row(table, 0);
	table_cell(table, STYLE_PLAIN, "%s", name);
	table_cell(table, STYLE_PLAIN, "%9zu", coverage->functions);
	table_cell(table, STYLE_PLAIN, "%6zu", coverage->functions_ran);
	if (coverage->functions)
		table_cell(table, style, "%5.1f%%", coverage->percent);
	else
		table_cell(table, STYLE_DIM, "    -");
	table_cell(table, STYLE_PLAIN, "%5zu of %zu", coverage->calls_seen,
		coverage->calls);
}

static void add_modules(const struct comparison *all, struct table *table)
{
	for (size_t i = 0; i < all->nmodules; i++)
		if (all->modules[i].functions)
			add_coverage(table, all->modules[i].name, &all->modules[i]);
}

static void add_hot_and_cold(const struct comparison *all, struct table *table)
{
	size_t nhot = 0, ncold = 0, nmodules = 0;

	for (size_t i = 0; i < all->nmodules; i++) {
		nhot += all->modules[i].is_hot;
		ncold += all->modules[i].is_cold;
		nmodules += all->modules[i].functions > 0;
	}
	table_line(table, 0, STYLE_DIM,
		"(%zu modules: %zu hot, 75%% and over, %zu cold, under 25%%; --all lists them)",
		nmodules, nhot, ncold);
}

static void print_modules(const struct comparison *all, bool is_long, FILE *out)
{
	struct arena arena = {0};
	struct table table = {.arena = &arena};
	size_t nmodules = 0;

	for (size_t i = 0; i < all->nmodules; i++)
		nmodules += all->modules[i].functions > 0;
	table_row(&table, 0);
	table_cell(&table, STYLE_BOLD, "Module");
	table_cell(&table, STYLE_BOLD, "Functions");
	table_cell(&table, STYLE_BOLD, "   Ran");
	table_cell(&table, STYLE_BOLD, " Cover");
	table_cell(&table, STYLE_BOLD, "Calls seen");
	if (is_long || nmodules <= SHORT_MODULES)
		add_modules(all, &table);
	else
		add_hot_and_cold(all, &table);
	add_coverage(&table, "TOTAL", &all->total);
	fputc('\n', out);
	table_print(&table, out);
	table_release(&table);
	arena_release(&arena);
}

static void print_share(FILE *out, size_t some, size_t all, const char *what)
{
	if (all)
		fprintf(out, "%zu of %zu %s\n", some, all, what);
}

static void print_indirect(const struct comparison *all, FILE *out)
{
	size_t nconfirmed = 0, nnever = 0;

	for (size_t i = 0; i < all->nindirect; i++) {
		nconfirmed += all->indirect[i].nconfirmed;
		nnever += all->indirect[i].nnever;
	}
	print_share(out, nconfirmed, nconfirmed + nnever,
		"targets of calls through pointers were seen, where the call ran");
}

static void print_names(FILE *out, const char *label, const char *const *names, size_t n)
{
	fprintf(out, "  %s:", label);
	for (size_t i = 0; i < n; i++) {
		fputs(i ? ", " : " ", out);
		terminal_print(out, names[i]);
	}
	fputc('\n', out);
}

static void list_entries(const struct comparison *all, bool has_run, FILE *out)
{
	struct arena arena = {0};
	const char **names = arena_alloc(&arena, all->nentries * sizeof(*names));
	size_t n = 0;

	for (size_t i = 0; i < all->nentries; i++) {
		const struct entry_point *entry =
			&all->scan->entry_points[all->entries[i].entry_point];

		if (all->entries[i].has_run == has_run)
			names[n++] = arena_printf(&arena, "%s (%s)", entry->id,
				all->scan->functions[entry->function].name);
	}
	if (n)
		print_names(out, has_run ? "ran" : "never", names, n);
	arena_release(&arena);
}

static void list_routes(const struct comparison *all, bool has_run, FILE *out)
{
	struct arena arena = {0};
	const char **names = arena_alloc(&arena, all->nroutes * sizeof(*names));
	size_t n = 0;

	for (size_t i = 0; i < all->nroutes; i++) {
		const struct route *route = &all->scan->routes[all->routes[i].route];
		scoped_text text = {0};

		if (all->routes[i].has_run != has_run)
			continue;
		text_add(&text, route->program);
		for (size_t k = 0; k < route->ntokens; k++)
			text_printf(&text, " %s", route->tokens[k]);
		if (all->routes[i].is_unsure)
			text_add(&text, " (unsure)");
		names[n++] = arena_strdup(&arena, text_string(&text));
	}
	if (n)
		print_names(out, has_run ? "ran" : "never", names, n);
	arena_release(&arena);
}

static void print_entries(const struct comparison *all, bool is_long, FILE *out)
{
	size_t nentries = 0, nroutes = 0, nunsure = 0;

	for (size_t i = 0; i < all->nentries; i++)
		nentries += all->entries[i].has_run;
	for (size_t i = 0; i < all->nroutes; i++) {
		nroutes += route_is_sure(&all->routes[i]);
		nunsure += all->routes[i].has_run && all->routes[i].is_unsure;
	}
	print_share(out, nentries, all->nentries, "entry points ran");
	if (is_long && all->nentries) {
		list_entries(all, true, out);
		list_entries(all, false, out);
	}
	print_share(out, nroutes, all->nroutes, "commands ran");
	if (nunsure)
		fprintf(out,
			"%zu more share a handler that ran: which of them was meant is not known\n",
			nunsure);
	if (is_long && all->nroutes) {
		list_routes(all, true, out);
		list_routes(all, false, out);
	}
}

static void print_crossings(const struct comparison *all, bool is_long, FILE *out)
{
	size_t n = all->ncrossings;

	if (!is_long && n > SHORT_CROSSINGS)
		n = SHORT_CROSSINGS;
	for (size_t i = 0; i < n; i++) {
		const struct crossing *crossing = &all->crossings[i];

		terminal_print(out, crossing->from);
		fputs(terminal_is_utf8() ? " → " : " -> ", out);
		terminal_print(out, crossing->to);
		fprintf(out, " by %s", crossing->kind);
		if (crossing->detail && *crossing->detail) {
			fputs(" (", out);
			terminal_print(out, crossing->detail);
			fputc(')', out);
		}
		fprintf(out, ", %" PRIu64 " time%s\n", crossing->count,
			crossing->count == 1 ? "" : "s");
	}
	if (n < all->ncrossings)
		fprintf(out, "... and %zu more between programs: --all lists them\n",
			all->ncrossings - n);
}

void diff_tables_coverage(const struct comparison *comparison, bool all, FILE *out)
{
	print_modules(comparison, all, out);
	fputc('\n', out);
	print_entries(comparison, all, out);
	print_indirect(comparison, out);
	if (comparison->is_complete)
		fprintf(out, "%zu function%s can be reached and never ran\n",
			comparison->ndead, comparison->ndead == 1 ? "" : "s");
	print_crossings(comparison, all, out);
}

static void list_changes(const struct changes *changes, FILE *out)
{
	static const char signs[CHANGE_WAY_COUNT] = {
		[CHANGE_CAME] = '+',
		[CHANGE_WENT] = '-',
		[CHANGE_MOVED] = '~',
		[CHANGE_OPENED] = '!',
		[CHANGE_CLOSED] = '=',
	};

	fputc('\n', out);
	for (size_t i = 0; i < changes->nitems; i++) {
		const struct change *change = &changes->items[i];
		const struct diff_place *at =
			*change->after.file ? &change->after : &change->before;

		fprintf(out, "%c %s ", signs[change->way],
			change_what_names[change->what]);
		terminal_print(out, change->name);
		if (change->other) {
			fputs(terminal_is_utf8() ? " → " : " -> ", out);
			terminal_print(out, change->other);
		}
		if (change->count > 1)
			fprintf(out, " (%" PRIu64 ")", change->count);
		fputs("  ", out);
		terminal_print(out, at->file);
		fprintf(out, ":%u\n", at->line);
	}
}

void diff_tables_changes(const struct changes *changes, bool all, FILE *out)
{
	struct arena arena = {0};
	struct table table = {.arena = &arena};

	table_row(&table, 0);
	table_cell(&table, STYLE_BOLD, "Changes");
	for (size_t way = 0; way < CHANGE_WAY_COUNT; way++)
		table_cell(&table, STYLE_BOLD, "%7s", change_way_names[way]);
	for (size_t what = 0; what < CHANGE_WHAT_COUNT; what++) {
		table_row(&table, 0);
		table_cell(&table, STYLE_PLAIN, "%s", change_what_names[what]);
		for (size_t way = 0; way < CHANGE_WAY_COUNT; way++)
			table_cell(&table, STYLE_PLAIN, "%7zu",
				changes->counts[what][way]);
	}
	if (all && changes->nitems)
		list_changes(changes, out);
	fputc('\n', out);
	table_print(&table, out);
	table_release(&table);
	arena_release(&arena);
}
