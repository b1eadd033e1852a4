#include "core/real_path.h"

#include "core/arena.h"
#include "core/text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <uthash.h>

struct real_dir {
	const char *name, *real;
	bool is_missing;
	UT_hash_handle hh;
};

void real_paths_release(struct real_paths *paths)
{
	HASH_CLEAR(hh, paths->dirs);
	interner_release(&paths->strings);
}

/* `path` from `base`, neither of which need exist, into `out`: absolute, without dots. */
static void make_absolute(const char *base, const char *path, struct text *out)
{
	scoped_text whole = {0};

	if (path[0] != '/')
		text_printf(&whole, "%s/", base);
	text_add(&whole, path);
	text_clear(out);
	for (const char *at = whole.bytes; *at;) {
		size_t len = strcspn(at, "/");

		if (len == 2 && at[0] == '.' && at[1] == '.') {
			while (out->len && out->bytes[out->len - 1] != '/')
				out->len--;
			out->len -= out->len > 0;
		} else if (len && !(len == 1 && at[0] == '.')) {
			text_add_char(out, '/');
			text_add_bytes(out, at, len);
		}
		at += len + (at[len] == '/');
	}
	if (!out->len)
		text_add_char(out, '/');
	out->bytes[out->len] = '\0';
}

/* The system's answer, or the text where there is none. */
static const char *ask(struct real_paths *paths, const char *base, const char *path,
	bool *is_missing)
{
	scoped_text name = {0};
	char real[PATH_MAX];

	text_printf(&name, "%s%s%s", path[0] == '/' ? "" : base,
		path[0] == '/' ? "" : "/", path);
	*is_missing = !realpath(name.bytes, real);
	if (!*is_missing)
		return intern_string(&paths->strings, real);
	make_absolute(base, path, &name);
	return intern(&paths->strings, name.bytes, name.len);
}

const char *real_dir(struct real_paths *paths, const char *base, const char *dir,
	bool *is_missing)
{
	struct real_dir *known;
	scoped_text name = {0};

	if (dir[0] != '/')
		text_printf(&name, "%s/", base);
	text_add(&name, dir);
	HASH_FIND_STR(paths->dirs, name.bytes, known);
	if (!known) {
		known = arena_alloc(paths->strings.arena, sizeof(*known));
		known->name = intern(&paths->strings, name.bytes, name.len);
		known->real = ask(paths, base, dir, &known->is_missing);
		HASH_ADD_KEYPTR(hh, paths->dirs, known->name, name.len, known);
	}
	*is_missing = known->is_missing;
	return known->real;
}

const char *real_file(struct real_paths *paths, const char *base, const char *file)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file, *dir;
	scoped_text part = {0}, whole = {0};
	struct stat st;
	bool is_missing;

	if (!name[0] || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return real_dir(paths, base, file, &is_missing);
	text_add_bytes(&part, file, (size_t)(name - file));
	dir = real_dir(paths, base, part.len ? part.bytes : ".", &is_missing);
	text_printf(&whole, "%s/%s", strcmp(dir, "/") == 0 ? "" : dir, name);
	if (!is_missing && lstat(whole.bytes, &st) == 0 && S_ISLNK(st.st_mode))
		return ask(paths, "/", whole.bytes, &is_missing);
	return intern(&paths->strings, whole.bytes, whole.len);
}

bool path_is_within(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	if (len == 1)
		return true;
	return strncmp(path, dir, len) == 0 && (path[len] == '/' || path[len] == '\0');
}
