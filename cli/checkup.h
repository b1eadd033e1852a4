/* The lines of `pcarch doctor`: what was checked, how it is, and what to do about it. */
#ifndef PCARCH_CLI_CHECKUP_H
#define PCARCH_CLI_CHECKUP_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct unit_list;

enum check_state {
	CHECK_OK,
	CHECK_WARN, /* a scan works, and misses something */
	CHECK_FAIL, /* a scan fails, or is worth nothing */
};

struct checkup {
	struct arena *arena;
	size_t nwarnings, nfailures;
};

/*
 * Print "ok    WHAT  DETAIL" to stdout and count it. `hint` says what to do and is
 * printed below, when the state is not ok; NULL: nothing can be done.
 */
void checkup_line(struct checkup *checkup, enum check_state state, const char *what,
	const char *hint, const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* What the extractor's module says of itself. */
struct extractor_state {
	const char *module; /* its path */
	const char *version; /* of libclang; NULL: not loaded, see `problem` */
	const char *library; /* libclang's path */
	const char *problem; /* NULL: it parses `#include <stddef.h>` */
};

void checkup_extractor(struct checkup *checkup, const struct extractor_state *state);

/* The units' files, headers, response files, compilers; what is newer than `database`. */
void checkup_units(struct checkup *checkup, struct unit_list *units,
	const char *database);

void checkup_cache(struct checkup *checkup, const char *directory);
void checkup_stack(struct checkup *checkup);

#endif
