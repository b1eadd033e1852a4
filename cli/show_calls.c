/* The questions `callers` and `callees`: the calls around a function, as a tree. */
#include "cli/show.h"

#include "cli/command.h"
#include "cli/neighbours.h"
#include "core/arena.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* A function whose neighbours are being printed. */
struct frame {
	uint32_t function;
	struct neighbours around;
	size_t next; /* of them */
	bool is_cut; /* --depth left something out below it */
};

struct tree {
	struct show *show;
	enum program_direction direction;
	struct frame *path; /* from the root; heap */
	size_t nframes, room;
	bool *is_on_path; /* function */
	/* Function -> how many levels were printed below it; 0: none, WHOLE: all. */
	unsigned *levels;
};

enum {
	WHOLE = INT_MAX
};

/* Why a neighbour is not looked into, or "". */
static const char *mark_of(const struct tree *tree, uint32_t function)
{
	if (tree->is_on_path[function])
		return "cycle";
	if (tree->levels[function] &&
		tree->levels[function] >= tree->show->depth - (unsigned)tree->nframes)
		return "above";
	return "";
}

static void call_json(const struct tree *tree, const struct neighbour *near,
	const char *mark)
{
	struct show *show = tree->show;
	bool is_callees = tree->direction == PROGRAM_CALLEES;
	struct json_writer *json = show_json(show, is_callees ? "callee" : "caller");

	json_member_uint(json, "depth", tree->nframes);
	json_member_uint(json, "of", tree->path[tree->nframes - 1].function);
	show_json_function(json, show, near->function);
	json_member_string(json, "via", near->via);
	json_key(json, "confidence");
	json_decimal(json, near->confidence);
	json_member_optional_string(json, "through", near->through);
	show_json_places(json, show, near->calls);
	if (*mark)
		json_member_string(json, "mark", mark);
	show_json_end(show);
}

static void print_call(const struct tree *tree, const struct neighbour *near,
	const char *mark)
{
	struct show *show = tree->show;
	const char *way = neighbour_way(near, show->arena);

	if (!show_row(show))
		return;
	if (show->is_json) {
		call_json(tree, near, mark);
		return;
	}
	table_row(&show->table, 2 * (unsigned)(tree->nframes - 1));
	show_function_cells(show, near->function);
	table_cell(&show->table, *way ? STYLE_WARN : STYLE_DIM, "%s%s%s%s%s", way,
		*way && *mark ? " " : "", *mark ? "(" : "", mark, *mark ? ")" : "");
	table_cell(&show->table, STYLE_PLAIN, "%s", show_call_places(show, near->calls));
}

static void enter(struct tree *tree, uint32_t function)
{
	struct show *show = tree->show;

	tree->path = grow(tree->path, tree->nframes, &tree->room, sizeof(*tree->path));
	tree->path[tree->nframes] = (struct frame){.function = function,
		.around = neighbours_of(&show->program, show->arena, function,
			tree->direction)};
	tree->is_on_path[function] = true;
	/* Only what has neighbours is worth a mark when it comes again. */
	if (tree->path[tree->nframes].around.count)
		tree->levels[function] = show->depth - (unsigned)tree->nframes;
	tree->nframes++;
}

static void leave(struct tree *tree)
{
	struct show *show = tree->show;
	const struct frame *frame = &tree->path[tree->nframes - 1];
	struct index_list sites = program_sites_in(&show->program, frame->function);

	for (size_t i = 0; i < sites.count && tree->direction == PROGRAM_CALLEES; i++)
		if (show_is_hole(show, sites.items[i]))
			show_hole(show, sites.items[i],
				2 * (unsigned)(tree->nframes - 1));
	tree->is_on_path[frame->function] = false;
	tree->nframes--;
	if (frame->is_cut && tree->nframes)
		tree->path[tree->nframes - 1].is_cut = true;
	else if (!frame->is_cut && frame->around.count)
		tree->levels[frame->function] = WHOLE;
}

static bool has_more(const struct tree *tree, uint32_t function)
{
	const struct program *whole = &tree->show->program;

	if (tree->direction == PROGRAM_CALLERS)
		return program_calls_to(whole, function).count;
	return program_calls_from(whole, function).count ||
	       program_sites_in(whole, function).count;
}

/* Print the neighbour, and look into it where that shows something new. */
static void visit(struct tree *tree, struct frame *frame, const struct neighbour *near)
{
	const char *mark = mark_of(tree, near->function);

	print_call(tree, near, mark);
	if (strcmp(mark, "above") == 0 && tree->levels[near->function] != WHOLE)
		frame->is_cut = true;
	if (*mark)
		return;
	if (tree->nframes < tree->show->depth)
		enter(tree, near->function);
	else if (has_more(tree, near->function))
		frame->is_cut = true;
}

/* Not by recursion: as deep as the program's longest chain of calls. */
static void walk(struct tree *tree, uint32_t root)
{
	enter(tree, root);
	while (tree->nframes) {
		struct frame *frame = &tree->path[tree->nframes - 1];

		if (frame->next < frame->around.count)
			visit(tree, frame, &frame->around.items[frame->next++]);
		else
			leave(tree);
	}
	free(tree->path);
}

/* Sites where a function of that type is called through a pointer. */
static size_t count_fitting_holes(const struct show *show, const char *signature)
{
	size_t count = 0;

	for (size_t i = 0; i < show->trace->nsites && signature; i++) {
		const struct call_site *site = &show->trace->sites[i];

		count += site->signature && strcmp(site->signature, signature) == 0 &&
			 show_is_hole(show, (uint32_t)i);
	}
	return count;
}

/* Where its address went is known, at least once. */
static bool is_called_by_pointer(const struct show *show, struct index_list calls)
{
	for (size_t i = 0; i < calls.count; i++) {
		const struct call *call = &show->trace->calls[calls.items[i]];

		if (call->through || (call->site != TRACE_NONE &&
					     !show->trace->sites[call->site].is_direct))
			return true;
	}
	return false;
}

static void note_missing(struct show *show, uint32_t function, struct index_list calls)
{
	const struct function *fn = &show->trace->functions[function];
	size_t nholes;

	show_flush(show);
	if (!calls.count)
		show_say("nothing is known to call '%s'", fn->name);
	if (!(fn->flags & FUNCTION_ADDRESS_TAKEN))
		return;
	nholes = count_fitting_holes(show, fn->signature);
	if (nholes)
		show_say(
			"its address is taken; %zu open call site%s call%s a function of its type",
			nholes, show_plural(nholes), nholes == 1 ? "s" : "");
	else if (!is_called_by_pointer(show, calls))
		show_say(
			"its address is taken, but no open call site calls a function of its type: "
			"perhaps code elsewhere does");
}

static void print_tree(struct show *show, uint32_t root, enum program_direction direction)
{
	size_t n = show->trace->nfunctions;
	struct tree tree = {.show = show, .direction = direction};

	tree.is_on_path = arena_alloc(show->arena, n * sizeof(*tree.is_on_path));
	tree.levels = arena_alloc(show->arena, n * sizeof(*tree.levels));
	walk(&tree, root);
}

static void title(struct show *show, const char *what, uint32_t function,
	struct index_list calls)
{
	uint32_t before = TRACE_NONE;
	size_t nsites = 0;

	for (size_t i = 0; i < calls.count; i++) {
		uint32_t site = show->trace->calls[calls.items[i]].site;

		nsites += site != before || site == TRACE_NONE;
		before = site;
	}
	show_title(show, "%s of %s: %zu call site%s", what,
		show->trace->functions[function].name, nsites, show_plural(nsites));
}

int show_callers(struct show *show, char **args)
{
	struct index_list calls;
	uint32_t function;

	if (!show_find_function(show, args[0], &function))
		return EXIT_USAGE;
	calls = program_calls_to(&show->program, function);
	title(show, "callers", function, calls);
	print_tree(show, function, PROGRAM_CALLERS);
	note_missing(show, function, calls);
	return EXIT_CLEAN;
}

int show_callees(struct show *show, char **args)
{
	const struct function *fn;
	struct index_list calls;
	uint32_t function;

	if (!show_find_function(show, args[0], &function))
		return EXIT_USAGE;
	fn = &show->trace->functions[function];
	calls = program_calls_from(&show->program, function);
	title(show, "callees", function, calls);
	print_tree(show, function, PROGRAM_CALLEES);
	show_flush(show);
	if (fn->type == FUNCTION_EXTERNAL && !calls.count)
		show_say("'%s' is external: its body was not scanned", fn->name);
	else if (!show->nrows)
		show_say("'%s' calls nothing", fn->name);
	if (fn->flags & FUNCTION_PARTIAL)
		show_say("the body of '%s' has errors: calls may be missing", fn->name);
	return EXIT_CLEAN;
}
