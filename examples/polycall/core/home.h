/* The directory where polycall keeps settings, the last status and the results. */
#ifndef POLYCALL_CORE_HOME_H
#define POLYCALL_CORE_HOME_H

#include <stdbool.h>
#include <stddef.h>

struct failure;

enum {
	HOME_PATH_SIZE = 1024
};

/*
 * The path of `file` in $POLYCALL_HOME, or in $HOME/.polycall when that is not set. The
 * directory is made when it is missing.
 */
bool home_path(const char *file, char path[HOME_PATH_SIZE], struct failure *why);

/* Replace `file` by `text`: a reader sees the old text or the new one, never a part. */
bool home_write(const char *file, const char *text, struct failure *why);

/* Read `file`; fails when it is missing or does not fit into `size` bytes with a NUL. */
bool home_read(const char *file, char *text, size_t size, struct failure *why);

#endif
