#include "analyzer/workers/prefix.h"

#include "analyzer/compile/units.h"
#include "analyzer/workers/header_weight.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A unit with its leading includes, for sorting: units that share most stand together. */
struct opening {
	uint32_t unit, wanted; /* indexes in `units` and in `wanted` */
	const struct scan_unit *scan_unit;
	const char **lines;
	uint64_t *bytes; /* of headers that each line adds to those before */
	size_t nlines;
};

struct planning {
	struct arena *arena;
	struct opening *openings;
	struct prefix_plan *plan;
	size_t prefixes_room;
};

/* After blanks and comments; `end` where the text ends inside a comment. */
static const char *skip_blank(const char *at, const char *end)
{
	while (at < end) {
		if (isspace((unsigned char)*at)) {
			at++;
		} else if (end - at > 1 && at[0] == '/' && at[1] == '/') {
			const char *line = memchr(at, '\n', (size_t)(end - at));

			at = line ? line : end;
		} else if (end - at > 1 && at[0] == '/' && at[1] == '*') {
			const char *close =
				memmem(at + 2, (size_t)(end - at - 2), "*/", 2);

			at = close ? close + 2 : end;
		} else {
			break;
		}
	}
	return at;
}

static const char *skip_spaces(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at;
}

static bool starts_with(const char *at, const char *end, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(end - at) >= len && memcmp(at, word, len) == 0;
}

/* The header named at `*at`, past it; NULL when this is no plain #include. */
static const char *read_include(struct arena *arena, const char **at, const char *end)
{
	const char *name = *at, *close;

	if (name >= end || *name != '#')
		return NULL;
	name = skip_spaces(name + 1, end);
	if (!starts_with(name, end, "include"))
		return NULL;
	name = skip_spaces(name + strlen("include"), end);
	if (name >= end || (*name != '"' && *name != '<'))
		return NULL;
	close = name + 1;
	while (close < end && *close != '\n' && *close &&
		*close != (*name == '"' ? '"' : '>'))
		close++;
	if (close >= end || *close == '\n' || !*close)
		return NULL;
	*at = close + 1;
	return arena_copy(arena, name, (size_t)(close + 1 - name));
}

const char *prefix_include_line(struct arena *arena, const char *at, const char *end)
{
	at = skip_spaces(at, end);
	return read_include(arena, &at, end);
}

size_t prefix_read_includes(struct arena *arena, const char *source, size_t size,
	const char **lines, size_t most)
{
	const char *at = source, *end = source + size;
	size_t count = 0;

	while (count < most) {
		const char *line;

		at = skip_blank(at, end);
		line = read_include(arena, &at, end);
		if (!line)
			break;
		lines[count++] = line;
	}
	return count;
}

/*
 * A quoted name that is found beside the source means that file, wherever the prefix
 * itself stands; any other is looked up in the directories that the flags give.
 */
static const char *anchor(struct arena *arena, const char *file, const char *line)
{
	const char *slash = strrchr(file, '/');
	const char *path;

	if (line[0] != '"' || line[1] == '/' || !slash)
		return line;
	path = arena_printf(arena, "%.*s/%.*s", (int)(slash - file), file,
		(int)strlen(line) - 2, line + 1);
	return access(path, F_OK) == 0 ? arena_printf(arena, "\"%s\"", path) : line;
}

static void read_opening(struct arena *arena, struct opening *opening)
{
	const char *lines[PREFIX_MAX_LINES];
	const char *file = opening->scan_unit->file;
	scoped_map map = {"", 0};
	struct error
		ignored; /* a source that cannot be read is reported by its extraction */

	if (!file_map(file, &map, &ignored))
		return;
	opening->nlines =
		prefix_read_includes(arena, map.bytes, map.size, lines, PREFIX_MAX_LINES);
	opening->lines = arena_alloc(arena, opening->nlines * sizeof(char *));
	opening->bytes = arena_alloc(arena, opening->nlines * sizeof(*opening->bytes));
	for (size_t i = 0; i < opening->nlines; i++)
		opening->lines[i] = anchor(arena, file, lines[i]);
}

static int compare_flags(const struct scan_unit *a, const struct scan_unit *b)
{
	int order = strcmp(a->directory, b->directory);

	if (!order && a->narguments != b->narguments)
		return a->narguments < b->narguments ? -1 : 1;
	for (size_t i = 0; !order && i < a->narguments; i++)
		order = strcmp(a->arguments[i], b->arguments[i]);
	return order;
}

static int compare_openings(const void *left, const void *right)
{
	const struct opening *a = left, *b = right;
	int order = compare_flags(a->scan_unit, b->scan_unit);

	for (size_t i = 0; !order && i < a->nlines && i < b->nlines; i++)
		order = strcmp(a->lines[i], b->lines[i]);
	if (!order && a->nlines != b->nlines)
		return a->nlines < b->nlines ? -1 : 1;
	return order ? order : (a->wanted < b->wanted ? -1 : a->wanted > b->wanted);
}

/* How many leading lines two neighbours in the sorted list share; 0 with other flags. */
static size_t count_shared(const struct opening *a, const struct opening *b)
{
	size_t n = 0;

	if (compare_flags(a->scan_unit, b->scan_unit) != 0)
		return 0;
	while (n < a->nlines && n < b->nlines && strcmp(a->lines[n], b->lines[n]) == 0)
		n++;
	return n;
}

/* Give the units at `members`, which share `nlines` lines, a prefix of their own. */
static void add_prefix(struct planning *planning, const size_t *members, size_t count,
	size_t nlines)
{
	struct prefix_plan *plan = planning->plan;
	const struct opening *first = &planning->openings[members[0]];
	scoped_text text = {0};

	for (size_t i = 0; i < nlines; i++)
		text_printf(&text, "#include %s\n", first->lines[i]);
	plan->prefixes = grow(plan->prefixes, plan->nprefixes, &planning->prefixes_room,
		sizeof(*plan->prefixes));
	for (size_t i = 0; i < count; i++)
		plan->of_unit[planning->openings[members[i]].wanted] =
			(uint32_t)plan->nprefixes;
	plan->prefixes[plan->nprefixes++] = (struct prefix){
		.text = arena_strdup(planning->arena, text.bytes),
		.unit = first->unit,
		.nunits = count,
	};
}

/*
 * The sorted list is a tree of shared beginnings, walked with a stack of its open nodes.
 * A node that closes with units that make a prefix worth while gets one; otherwise they
 * are its parent's, which shares a shorter beginning with more of them.
 */
struct node {
	size_t nlines; /* shared by the units below */
	uint64_t bytes; /* of headers in these lines */
	size_t first; /* of its units in `loose` */
};

struct loose { /* units without a prefix yet, in sorted order */
	size_t *members, count;
};

/*
 * In bytes of headers that could be parsed in the same time, measured on git, redis and
 * tmux: making a precompiled header costs twice its text and a fixed part, and so does
 * each use, in small. Without it, its units would at best use their parent's.
 */
enum {
	MAKING_BYTES = 170000,
	USING_BYTES = 40000,
	USING_SHARE = 20
};

static bool is_worth(const struct node *node, const struct node *parent, size_t count)
{
	uint64_t saved = count * (node->bytes - parent->bytes);
	uint64_t making = 2 * node->bytes + MAKING_BYTES;
	uint64_t using = count * (node->bytes / USING_SHARE + USING_BYTES);

	return saved > making + using;
}

static void close_node(struct planning *planning, const struct node *node,
	const struct node *parent, struct loose *loose)
{
	size_t count = loose->count - node->first;

	if (!is_worth(node, parent, count))
		return;
	add_prefix(planning, loose->members + node->first, count, node->nlines);
	loose->count = node->first;
}

static struct node node_of(const struct opening *opening, size_t nlines, size_t first)
{
	struct node node = {.nlines = nlines, .first = first};

	for (size_t i = 0; i < nlines; i++)
		node.bytes += opening->bytes[i];
	return node;
}

static void group(struct planning *planning, size_t count)
{
	struct node stack[PREFIX_MAX_LINES + 2] = {{0}};
	struct loose loose = {
		.members = arena_alloc(planning->arena, count * sizeof(*loose.members)),
	};
	struct node *top = stack; /* the root: nothing shared */

	for (size_t i = 0; i < count; i++) {
		const struct opening *opening = &planning->openings[i];
		size_t shared = i ? count_shared(opening - 1, opening) : 0;

		while (top->nlines > shared) {
			struct node node = *top, *parent = top - 1;

			if (parent->nlines < shared) { /* they part between the two */
				*top = node_of(opening, shared, node.first);
				close_node(planning, &node, top, &loose);
				break;
			}
			close_node(planning, &node, parent, &loose);
			top = parent;
		}
		if (opening->nlines > top->nlines)
			*++top = node_of(opening, opening->nlines, loose.count);
		loose.members[loose.count++] = i;
	}
	for (; top > stack; top--)
		close_node(planning, top, top - 1, &loose);
}

/* Estimate what each line of the sorted openings costs; neighbours mostly share their
 * flags. */
static void weigh(struct planning *planning, size_t count)
{
	struct header_weights *weights = NULL;

	for (size_t i = 0; i < count; i++) {
		struct opening *opening = &planning->openings[i];
		bool is_new = !i || compare_flags(opening[-1].scan_unit,
					    opening->scan_unit) != 0;

		if (is_new) {
			header_weights_free(weights);
			weights = header_weights_new(opening->scan_unit);
		}
		header_weights_begin(weights);
		for (size_t line = 0; line < opening->nlines; line++)
			opening->bytes[line] =
				header_weights_add(weights, opening->lines[line]);
	}
	header_weights_free(weights);
}

void prefix_plan(struct arena *arena, const struct scan_unit *units,
	const uint32_t *wanted, size_t nwanted, struct prefix_plan *out)
{
	struct prefix_plan plan = {
		.of_unit = arena_alloc(arena, nwanted * sizeof(uint32_t))};
	struct planning planning = {
		.arena = arena,
		.openings = arena_alloc(arena, nwanted * sizeof(struct opening)),
		.plan = &plan,
	};
	struct prefix *prefixes;

	for (size_t i = 0; i < nwanted; i++) {
		plan.of_unit[i] = UINT32_MAX;
		planning.openings[i] = (struct opening){
			.unit = wanted[i],
			.wanted = (uint32_t)i,
			.scan_unit = &units[wanted[i]],
		};
		read_opening(arena, &planning.openings[i]);
	}
	qsort(planning.openings, nwanted, sizeof(struct opening), compare_openings);
	weigh(&planning, nwanted);
	group(&planning, nwanted);
	prefixes = plan.prefixes;
	plan.prefixes = (struct prefix *)arena_copy(arena, (const char *)prefixes,
		plan.nprefixes * sizeof(*prefixes));
	free(prefixes);
	*out = plan;
}
