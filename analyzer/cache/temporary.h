/*
 * A directory of temporary files that goes when the process goes, by exit or by SIGINT,
 * SIGTERM, SIGHUP: precompiled headers are tens of megabytes each.
 */
#ifndef PCARCH_ANALYZER_CACHE_TEMPORARY_H
#define PCARCH_ANALYZER_CACHE_TEMPORARY_H

#include <stdbool.h>
#include <stddef.h>

struct error;

/* What belongs to each number. */
enum temporary_kind {
	TEMPORARY_HEADER, /* the text of a prefix */
	TEMPORARY_PCH, /* the prefix precompiled */
	TEMPORARY_FILES, /* the files it read, each with its NUL */
	TEMPORARY_NKINDS,
};

/*
 * Make the one temporary directory of this process, below $TMPDIR or /tmp, 0700, with
 * room for `count` of each kind.
 */
bool temporary_open(size_t count, struct error *err);

/* Remove it, in the process that opened it. */
void temporary_close(void);

const char *temporary_path(size_t number, enum temporary_kind kind);

#endif
