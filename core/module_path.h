/* Where what the program loads is installed: relative to the program, so that an
 * installed tree can be moved. */
#ifndef PCARCH_CORE_MODULE_PATH_H
#define PCARCH_CORE_MODULE_PATH_H

#include <stdbool.h>

struct text;

/*
 * The path of the file `name`: beside the program, as in a build tree, or in
 * ../lib/pcarch or ../lib, as installed. False when there is none; `path` then says where
 * it was looked for: "'/a', '/b'".
 */
bool module_path(const char *name, struct text *path);

#endif
