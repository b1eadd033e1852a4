/* Paths as static.json shows them: from the root, or <header> for what lies outside. */
#ifndef PCARCH_CORE_SOURCE_PATHS_H
#define PCARCH_CORE_SOURCE_PATHS_H

#include <stdbool.h>

struct arena;

/* Strings are interned: equal paths are equal pointers. */
struct source_paths;

struct source_paths *source_paths_new(struct arena *arena, const char *root);
void source_paths_free(struct source_paths *paths);

/* Any string, interned in the arena. */
const char *source_paths_intern(struct source_paths *paths, const char *string);

/*
 * `absolute` from the root: "src/a.c". A file outside of it is known by what follows its
 * last include directory: "/usr/include/x86_64-linux-gnu/sys/stat.h" is "<sys/stat.h>".
 * Nothing else begins with '<': a file in the root that does is "./<x".
 */
const char *source_paths_shown(struct source_paths *paths, const char *absolute);

/* The module a shown path belongs to: "src/a", "sys/stat.h"; "unknown" for "". */
const char *source_paths_module(struct source_paths *paths, const char *shown);

#endif
