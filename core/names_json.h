/* The names in a static.json and no more of it: completion cannot wait. */
#ifndef PCARCH_CORE_NAMES_JSON_H
#define PCARCH_CORE_NAMES_JSON_H

#include <stdbool.h>

struct error;

/* Called for each function, in the order of the file, with its name and module. */
typedef void names_fn(void *context, const char *name, const char *module);

/*
 * Read the functions of `path` ("-" is stdin), and nothing after them. What is read is
 * checked as JSON only.
 */
bool names_json_read(const char *path, names_fn *each, void *context, struct error *err);

#endif
