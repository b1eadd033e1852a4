#include "core/source_paths.h"

#include "core/arena.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

struct interned {
	UT_hash_handle hh;
	const char *shown, *module; /* made when first asked for */
	char string[];
};

struct source_paths {
	struct arena *arena; /* the caller's: of the strings */
	struct interned *interned;
	char *root; /* with a '/' at its end */
	size_t root_len;
};

struct source_paths *source_paths_new(struct arena *arena, const char *root)
{
	struct source_paths *paths = xmalloc(sizeof(*paths));
	scoped_text slashed = {0};

	text_add(&slashed, root);
	if (!text_has_suffix(root, "/"))
		text_add_char(&slashed, '/');
	*paths = (struct source_paths){
		.arena = arena,
		.root = xstrdup(slashed.bytes),
		.root_len = slashed.len,
	};
	return paths;
}

void source_paths_free(struct source_paths *paths)
{
	HASH_CLEAR(hh, paths->interned);
	free(paths->root);
	free(paths);
}

static struct interned *find(struct source_paths *paths, const char *string)
{
	size_t len = strlen(string);
	struct interned *entry;

	HASH_FIND(hh, paths->interned, string, len, entry);
	if (entry)
		return entry;
	entry = arena_alloc(paths->arena, sizeof(*entry) + len + 1);
	memcpy(entry->string, string, len);
	HASH_ADD(hh, paths->interned, string, len, entry);
	return entry;
}

const char *source_paths_intern(struct source_paths *paths, const char *string)
{
	return find(paths, string)->string;
}

/* "x86_64-linux-gnu": a directory that only says which machine the headers are for. */
static bool is_triple(const char *component, size_t len)
{
	unsigned dashes = 0;

	for (size_t i = 0; i < len; i++)
		dashes += component[i] == '-';
	return dashes >= 2 && len > 8;
}

static const char *after_include_directory(const char *path)
{
	static const char include[] = "/include/";
	const char *name = NULL, *slash;

	for (const char *at = path; (at = strstr(at, include)); at++)
		name = at + strlen(include);
	if (!name)
		return path + strspn(path, "/");
	slash = strchr(name, '/');
	if (slash && is_triple(name, (size_t)(slash - name)))
		name = slash + 1;
	return name;
}

/* A file may be called "<x>" and is still inside. */
static void add_inside(struct text *shown, const char *path)
{
	text_printf(shown, "%s%s", path[0] == '<' ? "./" : "", path);
}

const char *source_paths_shown(struct source_paths *paths, const char *absolute)
{
	struct interned *entry;
	scoped_text shown = {0};

	if (!absolute[0])
		return "";
	entry = find(paths, absolute);
	if (entry->shown)
		return entry->shown;
	if (strncmp(absolute, paths->root, paths->root_len) == 0)
		add_inside(&shown, absolute + paths->root_len);
	else if (absolute[0] != '/')
		add_inside(&shown, absolute);
	else
		text_printf(&shown, "<%s>", after_include_directory(absolute));
	return entry->shown = source_paths_intern(paths, text_string(&shown));
}

const char *source_paths_module(struct source_paths *paths, const char *shown)
{
	struct interned *entry;
	scoped_text module = {0};
	const char *dot, *slash;

	if (!shown[0])
		return "unknown";
	entry = find(paths, shown);
	if (entry->module)
		return entry->module;
	if (shown[0] == '<') {
		text_add_bytes(&module, shown + 1, strlen(shown) - 2);
	} else {
		slash = strrchr(shown, '/');
		dot = strrchr(slash ? slash : shown, '.');
		text_add_bytes(&module, shown,
			dot ? (size_t)(dot - shown) : strlen(shown));
	}
	return entry->module = source_paths_intern(paths, text_string(&module));
}
