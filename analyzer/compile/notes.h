/* What was dropped or passed over on the way, and why: one sentence each, for -v. */
#ifndef PCARCH_ANALYZER_COMPILE_NOTES_H
#define PCARCH_ANALYZER_COMPILE_NOTES_H

#include <stddef.h>

struct arena;
struct note;

struct notes {
	struct arena *arena; /* the only member to set before use */
	struct note *notes;
};

/*
 * Note a sentence. Of those that share `key` the first stands and the others are counted,
 * "… (and 12 more)", so that 50,000 units with one odd flag make one line.
 */
void notes_add(struct notes *notes, const char *key, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* The sentences in the order they were first noted; `*count` says how many. */
const char *const *notes_list(const struct notes *notes, size_t *count);

/* Forget the notes; what notes_list() gave stays valid. */
void notes_release(struct notes *notes);

#define scoped_notes __attribute__((cleanup(notes_release))) struct notes

#endif
