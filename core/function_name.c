#include "core/function_name.h"

#include "core/arena.h"
#include "core/trace.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

/* How well a spelling fits; only the best of all candidates are meant. */
enum fit {
	FIT_NOT,
	FIT_CUT, /* "server.c" for "src/server.c" */
	FIT_WHOLE,
	FIT_EXACT, /* the column too */
};

/* A spelling taken apart. */
struct spelling {
	const char *where; /* NULL: a name alone */
	const char *name; /* NULL: a place */
	unsigned line, column; /* column 0: none given */
};

/* The digits of `string`, all of it; false for anything else. */
static bool read_number(const char *string, unsigned *out)
{
	unsigned number = 0;

	if (!*string)
		return false;
	for (; *string; string++) {
		unsigned digit = (unsigned)*string - '0';

		if (digit > 9 || number > (UINT_MAX - digit) / 10)
			return false;
		number = number * 10 + digit;
	}
	*out = number;
	return true;
}

static const char *without_dots(const char *path)
{
	while (path[0] == '.' && path[1] == '/')
		path += 2;
	return path;
}

static struct spelling take_apart(struct arena *arena, const char *spelled)
{
	char *where = arena_strdup(arena, without_dots(spelled));
	char *colon = strrchr(where, ':');
	struct spelling out = {0};

	if (!colon) {
		out.name = where;
		return out;
	}
	*colon = '\0';
	out.where = where;
	if (!read_number(colon + 1, &out.line)) {
		out.name = colon + 1;
		return out;
	}
	colon = strrchr(where, ':');
	if (colon && read_number(colon + 1, &out.column)) {
		unsigned line = out.column;

		out.column = out.line;
		out.line = line;
		*colon = '\0';
	}
	return out;
}

/* Of a path, with or without the angle brackets of external ones, or of its end. */
static enum fit fit_path(const char *path, const char *spelled)
{
	size_t len = strlen(path), tail = strlen(spelled);

	if (strcmp(path, spelled) == 0)
		return FIT_WHOLE;
	if (tail && tail < len && path[len - tail - 1] == '/' &&
		strcmp(path + len - tail, spelled) == 0)
		return FIT_CUT;
	return FIT_NOT;
}

static enum fit better(enum fit a, enum fit b)
{
	return a > b ? a : b;
}

static enum fit fit_place(const struct function *fn, const struct spelling *spelling)
{
	unsigned end = fn->end_line ? fn->end_line : fn->line;
	enum fit fit = fit_path(fn->file, spelling->where);

	if (!fn->line || spelling->line < fn->line || spelling->line > end)
		return FIT_NOT;
	if (fit == FIT_WHOLE && spelling->line == fn->line &&
		spelling->column == fn->column)
		return FIT_EXACT;
	return fit;
}

static enum fit fit_function(const struct program *program, uint32_t id,
	const struct spelling *spelling)
{
	const struct function *fn = &program->trace->functions[id];

	if (!spelling->name)
		return fit_place(fn, spelling);
	if (!spelling->where)
		return FIT_WHOLE;
	return better(fit_path(fn->file, spelling->where),
		fit_path(fn->module, spelling->where));
}

/* What a spelling is held against: functions or modules, all or some of them. */
struct candidates {
	const struct program *program;
	const uint32_t *ids; /* NULL: all, 0 to `count` - 1 */
	size_t count;
	const struct spelling *spelling;
	enum fit (*fit)(const struct program *program, uint32_t id,
		const struct spelling *spelling);
};

static uint32_t candidate_at(const struct candidates *candidates, size_t i)
{
	return candidates->ids ? candidates->ids[i] : (uint32_t)i;
}

static struct index_list keep_best(struct arena *arena,
	const struct candidates *candidates)
{
	const struct program *program = candidates->program;
	enum fit best = FIT_CUT;
	size_t nbest = 0, nfound = 0;
	uint32_t *found;

	for (size_t i = 0; i < candidates->count; i++) {
		enum fit fit = candidates->fit(program, candidate_at(candidates, i),
			candidates->spelling);

		if (fit > best)
			nbest = 0;
		best = better(best, fit);
		nbest += fit == best;
	}
	found = arena_alloc(arena, nbest * sizeof(*found));
	for (size_t i = 0; i < candidates->count && nfound < nbest; i++) {
		uint32_t id = candidate_at(candidates, i);

		if (candidates->fit(program, id, candidates->spelling) == best)
			found[nfound++] = id;
	}
	return (struct index_list){found, nfound};
}

struct index_list function_name_find(const struct program *program, struct arena *arena,
	const char *spelled)
{
	struct spelling spelling = take_apart(arena, spelled);
	struct candidates candidates = {
		program, NULL, program->trace->nfunctions, &spelling, fit_function};

	if (spelling.name) {
		struct index_list named = program_named(program, spelling.name);

		candidates.ids = named.items;
		candidates.count = named.count;
	}
	return keep_best(arena, &candidates);
}

static bool is_unique(const struct program *program, struct arena *arena,
	const char *spelled, uint32_t function)
{
	struct index_list found = function_name_find(program, arena, spelled);

	return found.count == 1 && found.items[0] == function;
}

const char *function_name_unique(const struct program *program, struct arena *arena,
	uint32_t function)
{
	const struct function *fn = &program->trace->functions[function];
	const char *const spellings[] = {
		fn->name,
		arena_printf(arena, "%s:%s", fn->module, fn->name),
		arena_printf(arena, "%s:%s", fn->file, fn->name),
		arena_printf(arena, "%s:%u", fn->file, fn->line),
	};

	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
		if (is_unique(program, arena, spellings[i], function))
			return spellings[i];
	return arena_printf(arena, "%s:%u:%u", fn->file, fn->line, fn->column);
}

/* A module by its own name, or by the files of its functions. */
static enum fit fit_module(const struct program *program, uint32_t module,
	const struct spelling *spelling)
{
	struct index_list functions = program_in_module(program, module);
	enum fit fit = fit_path(program->modules[module], spelling->where);
	const char *file = NULL;

	for (size_t i = 0; i < functions.count && fit != FIT_WHOLE; i++) {
		const char *next = program->trace->functions[functions.items[i]].file;

		if (next != file)
			fit = better(fit, fit_path(next, spelling->where));
		file = next;
	}
	return fit;
}

struct index_list module_name_find(const struct program *program, struct arena *arena,
	const char *spelled)
{
	struct spelling spelling = {.where = without_dots(spelled)};
	struct candidates candidates = {
		program, NULL, program->nmodules, &spelling, fit_module};

	return keep_best(arena, &candidates);
}
