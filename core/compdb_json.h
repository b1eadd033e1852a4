/*
 * compile_commands.json, the JSON compilation database: read, and written by `pcarch
 * build`. Source: https://clang.llvm.org/docs/JSONCompilationDatabase.html
 */
#ifndef PCARCH_CORE_COMPDB_JSON_H
#define PCARCH_CORE_COMPDB_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct arena;
struct error;

struct compile_command {
	const char *directory; /* as it stands in the file: absolute, usually */
	const char *file; /* as it stands; relative to `directory` */
	const char *output; /* NULL: not given */
	const char *const
		*arguments; /* argv, NULL-terminated; "command" as sh splits it */
	size_t narguments;
	uint64_t offset; /* of the entry in the file, in bytes: for messages */
};

struct compdb {
	struct compile_command *commands; /* in file order, duplicates and all */
	size_t ncommands;
};

/*
 * Read the database at `path` into `arena`. An entry that is not as the format says fails
 * with its byte offset and what was expected; so does an empty file or an empty array.
 */
bool compdb_read(struct arena *arena, const char *path, struct compdb *out,
	struct error *err);

/* Write `db`, one line an entry, with "arguments". False when a write failed (errno). */
bool compdb_write(const struct compdb *db, FILE *stream);

#endif
