/* The directories that a unit's #include lines are looked up in, from its flags. */
#ifndef PCARCH_ANALYZER_COMPILE_SEARCH_PATH_H
#define PCARCH_ANALYZER_COMPILE_SEARCH_PATH_H

#include <stddef.h>

struct arena;
struct scan_unit;

struct search_directory {
	const char *path; /* absolute, symlinks resolved */
	size_t len;
};

struct search_path {
	struct search_directory *directories; /* in the order of the search */
	size_t ndirectories;
	size_t nquoted; /* the first ones serve only "quoted" names */
};

/*
 * Read the flags of `unit`: the directory of its file, -iquote, -I, -isystem, then where
 * the system's headers are, -idirafter last. Directories that do not exist are left out.
 */
void search_path_read(struct arena *arena, const struct scan_unit *unit,
	struct search_path *out);

/*
 * The file that `line`, "x.h" or <x.h> with its marks, includes from file `from` (NULL:
 * from no file); NULL when there is none. In `arena`.
 */
const char *search_path_find(const struct search_path *search, struct arena *arena,
	const char *from, const char *line);

#endif
