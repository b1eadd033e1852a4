/* What went wrong, where in the user's input, in one sentence. */
#ifndef PCARCH_CORE_ERROR_H
#define PCARCH_CORE_ERROR_H

#include <stdbool.h>
#include <stdint.h>

struct location {
	const char *file; /* NULL: no place to point at */
	unsigned line, col; /* from 1, col in bytes; 0: unknown */
};

/* Owned by the caller, so that failing never allocates; `at.file` points to `file`. */
struct error {
	struct location at;
	char file[512];
	char text[1024];
};

/* Fill `err` and return false, so that a failing function ends in one line. */
bool error_set(struct error *err, struct location at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* The same, pointing at byte `offset` (from 0) of `file`: "x.json: byte 12: …". */
bool error_set_byte(struct error *err, const char *file, uint64_t offset, const char *fmt,
	...) __attribute__((format(printf, 4, 5)));

/* "cannot VERB 'FILE': STRERROR(errno)", with `hint` (may be NULL) after it. */
bool error_set_errno(struct error *err, const char *verb, const char *file,
	const char *hint);

/* What a static analyzer cannot see from here: they return false. */
#ifdef __clang_analyzer__
/* NOLINTBEGIN(readability-identifier-naming): named for what they stand for */
#define error_set(...) (error_set(__VA_ARGS__), false)
#define error_set_byte(...) (error_set_byte(__VA_ARGS__), false)
#define error_set_errno(...) (error_set_errno(__VA_ARGS__), false)
/* NOLINTEND(readability-identifier-naming) */
#endif

/*
 * Print "pcarch COMMAND: error: …" or "FILE:LINE:COL: error: …" to stderr. Names and text
 * may be a stranger's: they go through terminal_print().
 */
void error_print(const struct error *err, const char *command);

#endif
