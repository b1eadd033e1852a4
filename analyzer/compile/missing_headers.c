#include "analyzer/compile/missing_headers.h"

#include "analyzer/compile/units.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uthash.h>

/* A path looked at, or a header missed. */
struct known {
	const char *name;
	bool exists;
	size_t nunits;
	size_t last_unit; /* from 1: counted already for this one */
	UT_hash_handle hh;
};

struct search {
	struct arena *arena;
	struct known *paths, *missed;
	const struct scan_unit *unit;
	size_t number; /* of the unit, from 1 */
};

static struct known *find_known(struct arena *arena, struct known **table,
	const char *name, bool *is_new)
{
	struct known *known;

	HASH_FIND_STR(*table, name, known);
	*is_new = !known;
	if (known)
		return known;
	known = arena_alloc(arena, sizeof(*known));
	known->name = arena_strdup(arena, name);
	HASH_ADD_KEYPTR(hh, *table, known->name, strlen(known->name), known);
	return known;
}

/* Whether `name` is in `dir`, which is `dir_len` bytes, from the unit's directory. */
static bool is_in(struct search *search, const char *dir, size_t dir_len,
	const char *name)
{
	scoped_text path = {0};
	struct known *known;
	bool is_new;

	if (name[0] != '/' && (!dir_len || dir[0] != '/'))
		text_printf(&path, "%s/", search->unit->directory);
	if (name[0] != '/' && dir_len)
		text_printf(&path, "%.*s/", (int)dir_len, dir);
	text_add(&path, name);
	known = find_known(search->arena, &search->paths, path.bytes, &is_new);
	if (is_new)
		known->exists = access(path.bytes, F_OK) == 0;
	return known->exists;
}

static bool is_in_arguments(struct search *search, const char *name)
{
	static const char *const flags[] = {"-I", "-iquote", "-isystem", "-idirafter"};
	const struct scan_unit *unit = search->unit;

	for (size_t i = 0; i < unit->narguments; i++) {
		for (size_t k = 0; k < sizeof(flags) / sizeof(flags[0]); k++) {
			const char *dir = unit->arguments[i] + strlen(flags[k]);

			if (text_has_prefix(unit->arguments[i], flags[k]) &&
				is_in(search, dir, strlen(dir), name))
				return true;
		}
	}
	return false;
}

/* Note `name` when it is neither in `dir` nor where the arguments say. */
static void look_for(struct search *search, const char *dir, size_t dir_len,
	const char *name)
{
	struct known *missed;
	bool is_new;

	if (is_in(search, dir, dir_len, name) || is_in_arguments(search, name) ||
		is_in(search, "/usr/local/include", strlen("/usr/local/include"), name) ||
		is_in(search, "/usr/include", strlen("/usr/include"), name))
		return;
	missed = find_known(search->arena, &search->missed, name, &is_new);
	if (missed->last_unit != search->number)
		missed->nunits++;
	missed->last_unit = search->number;
}

static size_t blanks(const char *at, const char *end)
{
	size_t n = 0;

	while (at + n < end && (at[n] == ' ' || at[n] == '\t'))
		n++;
	return n;
}

static bool starts(const char *at, const char *end, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(end - at) >= len && memcmp(at, word, len) == 0;
}

/* One line that starts with '#' at `at`; keeps count of the #ifs that are open. */
static void look_at_directive(struct search *search, const char *at, const char *end,
	unsigned *depth)
{
	const char *file = search->unit->file, *close;
	scoped_text name = {0};

	at++;
	at += blanks(at, end);
	if (starts(at, end, "if"))
		++*depth;
	else if (starts(at, end, "endif"))
		*depth -= *depth > 0;
	if (*depth || !starts(at, end, "include"))
		return;
	at += strlen("include");
	at += blanks(at, end);
	if (at == end || *at++ != '"')
		return;
	close = memchr(at, '"', (size_t)(end - at));
	if (!close || close == at || close - at > 4000)
		return;
	text_add_bytes(&name, at, (size_t)(close - at));
	if (strlen(name.bytes) == name.len)
		look_for(search, file, (size_t)(strrchr(file, '/') - file), name.bytes);
}

static void look_at_text(struct search *search, const struct file_map *map)
{
	const char *at = map->bytes, *end = map->bytes + map->size;
	unsigned depth = 0;

	while (at < end) {
		const char *line_end = memchr(at, '\n', (size_t)(end - at));

		if (!line_end)
			line_end = end;
		at += blanks(at, line_end);
		if (at < line_end && *at == '#')
			look_at_directive(search, at, line_end, &depth);
		at = line_end + (line_end < end);
	}
}

static void look_at_unit(struct search *search)
{
	const struct scan_unit *unit = search->unit;
	scoped_map map = {"", 0};
	struct error err;

	for (size_t i = 0; i + 2 < unit->narguments; i++)
		if (strcmp(unit->arguments[i], "-include") == 0)
			look_for(search, unit->directory, strlen(unit->directory),
				unit->arguments[i + 2]);
	if (file_map(unit->file, &map, &err))
		look_at_text(search, &map);
}

static int compare_missing(const void *left, const void *right)
{
	const struct missing_header *a = left, *b = right;

	if (a->nunits != b->nunits)
		return a->nunits < b->nunits ? 1 : -1;
	return strcmp(a->name, b->name);
}

const struct missing_header *missing_headers(struct arena *arena,
	const struct unit_list *units, size_t *count)
{
	struct search search = {.arena = arena};
	struct missing_header *list;
	size_t n = 0;

	for (size_t i = 0; i < units->nunits; i++) {
		search.unit = &units->units[i];
		search.number = i + 1;
		look_at_unit(&search);
	}
	list = arena_alloc(arena, HASH_COUNT(search.missed) * sizeof(*list));
	for (const struct known *known = search.missed; known; known = known->hh.next)
		list[n++] = (struct missing_header){known->name, known->nunits};
	HASH_CLEAR(hh, search.paths);
	HASH_CLEAR(hh, search.missed);
	if (n)
		qsort(list, n, sizeof(*list), compare_missing);
	*count = n;
	return list;
}
