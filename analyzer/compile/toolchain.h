/*
 * Where a compiler that is not clang finds its headers, and for which machine it
 * compiles: asked from the compiler itself, so that libclang reads the same headers.
 *
 * What is not carried over: predefined macros. libclang says it is GCC 4.2 (__GNUC__),
 * whatever the compiler is; headers and sources that ask for its version take that
 * branch.
 */
#ifndef PCARCH_ANALYZER_COMPILE_TOOLCHAIN_H
#define PCARCH_ANALYZER_COMPILE_TOOLCHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct error;
struct scan_unit;

enum {
	TOOLCHAIN_TIMEOUT_MS = 10000
};

/* The first five members are the question and a cache's key, the rest the answer. */
struct toolchain {
	const char *path; /* of the compiler, symlinks resolved; NULL: not to be asked */
	uint64_t size_bytes;
	int64_t mtime_ns;
	const char *const *flags; /* of the unit, those that change the answer */
	size_t nflags;
	const char *target; /* "arm-none-eabi"; NULL: not known */
	const char *const *dirs; /* in order, resolved, without the builtins */
	size_t ndirs;
	bool is_answered;
};

/* Whom not to run: a database comes from a stranger. */
struct toolchain_policy {
	const char *root; /* of the scanned sources; absolute, resolved */
	const char *database_dir; /* so, too; NULL: no database */
	unsigned timeout_ms;
};

/* Run the compiler without input, in a clean environment, for the time allowed. */
bool toolchain_ask(struct arena *arena, const struct toolchain_policy *policy,
	struct toolchain *toolchain, struct error *err);

/*
 * Append to the unit's arguments what the answer says: --target= for another machine, and
 * the directories after -nostdlibinc; nothing where libclang would search the same ones
 * anyway.
 */
void toolchain_apply(struct arena *arena, const struct toolchain *toolchain,
	struct scan_unit *unit);

/* Whether `dir` holds GCC's own stddef.h and the like, for which libclang has its own. */
bool toolchain_is_builtin(const char *dir);

#endif
