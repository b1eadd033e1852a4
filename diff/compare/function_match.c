#include "diff/compare/function_match.h"

#include "core/arena.h"
#include "core/dynamic_trace.h"
#include "core/program.h"

#include <stdlib.h>
#include <string.h>

/* How surely a candidate is the function, the least first; then the line decides. */
enum likeness {
	UNLIKE,
	LIKE_NAME, /* nothing is known but the name, and no other function bears it */
	LIKE_PLACE, /* another directory, the same file name, line and arity */
	LIKE_SOURCE, /* one of the files is made from the other, or `#line` names it */
	LIKE_EXTERNAL, /* declared in the scan, defined in what it did not read */
	LIKE_TAIL, /* the paths end in the same */
	LIKE_FILE,
};

struct matching {
	const struct program *program;
	const struct dynamic_trace *run;
	bool *has_run; /* file of the scan's function: something of it ran, by function */
	struct arena *arena;
};

bool function_is_defined(const struct function *fn)
{
	return (fn->type == FUNCTION_PUBLIC || fn->type == FUNCTION_PRIVATE) &&
	       !(fn->flags & FUNCTION_ALIAS);
}

bool function_is_own(const struct function *fn)
{
	return function_is_defined(fn) && fn->file[0] != '<';
}

const char *function_plain_name(struct arena *arena, const char *name)
{
	size_t len = name[0] ? 1 + strcspn(name + 1, ".@") : 0;

	return name[len] ? arena_copy(arena, name, len) : name;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

bool function_file_is_same(const char *a, const char *b)
{
	size_t a_len = strlen(a), b_len = strlen(b);
	const char *longer = a_len > b_len ? a : b;
	const char *shorter = a_len > b_len ? b : a;
	size_t extra = a_len > b_len ? a_len - b_len : b_len - a_len;

	if (!shorter[0] || strcmp(longer + extra, shorter) != 0)
		return false;
	return extra == 0 || longer[extra - 1] == '/';
}

bool function_may_be_inlined(const struct function *from, const struct function *to)
{
	return to->type == FUNCTION_PRIVATE || to->flags & FUNCTION_INLINE ||
	       (function_is_defined(to) && strcmp(from->file, to->file) == 0);
}

/* Written by a generator, or read by one. */
static bool is_generated(const char *file)
{
	static const char *const suffixes[] = {".y", ".l", ".re", ".rl", ".ypp", ".gperf",
		".tab.c", ".yy.c", ".def", ".inc", ".in", ".pyx", ".vala", ".sql",
		".pgc"};
	size_t len = strlen(file);

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		size_t n = strlen(suffixes[i]);

		if (len > n && strcmp(file + len - n, suffixes[i]) == 0)
			return true;
	}
	return false;
}

/* "parse.c" and "parse.y", not two files "parse.c". */
static bool has_same_stem(const char *a, const char *b)
{
	const char *left = base_name(a), *right = base_name(b);
	size_t n = strcspn(left, ".");

	return n && n == strcspn(right, ".") && strncmp(left, right, n) == 0 &&
	       strcmp(left, right) != 0;
}

static size_t count_defined(const struct matching *all, struct index_list named)
{
	size_t n = 0;

	for (size_t i = 0; i < named.count; i++)
		n += function_is_defined(&all->program->trace->functions[named.items[i]]);
	return n;
}

/* The object that the function is in has no sources; the scan's may be another. */
static enum likeness compare_bare(const struct matching *all, const struct function *fn,
	uint32_t candidate, bool is_only)
{
	const struct function *scan = &all->program->trace->functions[candidate];

	if (!function_is_defined(scan))
		return fn->type == FUNCTION_PRIVATE || fn->type == FUNCTION_UNKNOWN
			       ? UNLIKE
			       : LIKE_EXTERNAL;
	if (fn->type == FUNCTION_EXTERNAL &&
		(scan->type == FUNCTION_PRIVATE || all->has_run[candidate]))
		return UNLIKE;
	return is_only ? LIKE_NAME : UNLIKE;
}

static enum likeness compare(const struct matching *all, const struct function *fn,
	uint32_t candidate, bool is_only)
{
	const struct function *scan = &all->program->trace->functions[candidate];

	if (!fn->file[0])
		return compare_bare(all, fn, candidate, is_only);
	if (!function_is_defined(scan))
		return fn->type == FUNCTION_PRIVATE ? UNLIKE : LIKE_EXTERNAL;
	if (strcmp(fn->file, scan->file) == 0)
		return LIKE_FILE;
	if (function_file_is_same(fn->file, scan->file))
		return LIKE_TAIL;
	/* GCC keeps the place of a declaration in a system header. */
	if (is_only && fn->arity == scan->arity &&
		((fn->file[0] == '<' && scan->type == FUNCTION_PUBLIC) ||
			is_generated(fn->file) || is_generated(scan->file) ||
			has_same_stem(fn->file, scan->file)))
		return LIKE_SOURCE;
	if (fn->line == scan->line && fn->arity == scan->arity &&
		strcmp(base_name(fn->file), base_name(scan->file)) == 0)
		return LIKE_PLACE;
	return UNLIKE;
}

static unsigned distance(unsigned a, unsigned b)
{
	return a > b ? a - b : b - a;
}

static uint32_t match(const struct matching *all, const struct function *fn)
{
	const struct function *functions = all->program->trace->functions;
	struct index_list named =
		program_named(all->program, function_plain_name(all->arena, fn->name));
	bool is_only = count_defined(all, named) == 1;
	enum likeness most = UNLIKE;
	uint32_t best = TRACE_NONE;

	for (size_t i = 0; i < named.count; i++) {
		uint32_t at = named.items[i];
		enum likeness likeness = compare(all, fn, at, is_only);

		if (likeness < most || likeness == UNLIKE)
			continue;
		if (likeness == most && distance(functions[at].line, fn->line) >=
						distance(functions[best].line, fn->line))
			continue;
		most = likeness;
		best = at;
	}
	return best;
}

/* Functions of the scan whose file something ran of, in an object that is recorded. */
static void mark_files(struct matching *all, const uint32_t *scanned)
{
	const struct program *program = all->program;
	bool *has_module = xmalloc(program->nmodules + 1);

	memset(has_module, 0, program->nmodules + 1);
	for (size_t i = 0; i < all->run->nfunctions; i++)
		if (scanned[i] != TRACE_NONE && all->run->functions[i].file[0])
			has_module[program->module_of[scanned[i]]] = true;
	for (size_t i = 0; i < program->trace->nfunctions; i++)
		all->has_run[i] = has_module[program->module_of[i]];
	free(has_module);
}

static void find_interposed(struct matching *all, struct function_matches *out)
{
	const struct static_trace *scan = all->program->trace;
	uint32_t *interposed =
		arena_alloc(all->arena, (scan->nfunctions + 1) * sizeof(*interposed));

	memset(interposed, 0xFF, (scan->nfunctions + 1) * sizeof(*interposed));
	for (uint32_t i = 0; i < all->run->nfunctions; i++) {
		const struct function *fn = &all->run->functions[i];
		struct index_list named = {0};

		if (out->scanned[i] == TRACE_NONE && fn->type != FUNCTION_PRIVATE)
			named = program_named(all->program,
				function_plain_name(all->arena, fn->name));
		for (size_t k = 0; k < named.count; k++)
			if (scan->functions[named.items[k]].type == FUNCTION_PUBLIC &&
				interposed[named.items[k]] == TRACE_NONE)
				interposed[named.items[k]] = i;
	}
	out->interposed = interposed;
}

void function_match(struct arena *arena, const struct program *program,
	const struct dynamic_trace *run, struct function_matches *out)
{
	struct matching all = {.program = program,
		.run = run,
		.has_run = arena_alloc(arena, program->trace->nfunctions + 1),
		.arena = arena};
	uint32_t *scanned = arena_alloc(arena, (run->nfunctions + 1) * sizeof(*scanned));

	for (size_t i = 0; i < run->nfunctions; i++)
		scanned[i] = run->functions[i].file[0] ? match(&all, &run->functions[i])
						       : TRACE_NONE;
	mark_files(&all, scanned);
	for (size_t i = 0; i < run->nfunctions; i++)
		if (!run->functions[i].file[0])
			scanned[i] = match(&all, &run->functions[i]);
	out->scanned = scanned;
	find_interposed(&all, out);
}
