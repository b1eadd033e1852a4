/* What two files have of a kind, held against each other: what came, went and moved. */
#ifndef PCARCH_DIFF_CHANGE_LIST_H
#define PCARCH_DIFF_CHANGE_LIST_H

#include "diff/compare/changes.h"

struct arena;

enum {
	SUBJECT_KEYS = 4
};

/* A thing that is compared, as one of the two files has it. */
struct subject {
	const char *keys[SUBJECT_KEYS]; /* what makes it the same thing in both */
	const char *value; /* what may differ: then it has moved; NULL: it cannot */
	const char *other, *module; /* as in struct change; or NULL */
	struct diff_place at;
	uint64_t count; /* how many it stands for */
	bool is_outside; /* it, or what it depends on, is not of the program */
};

/* Those of one file, on the heap. */
struct subjects {
	struct subject *items;
	size_t count, room;
};

struct change_list {
	struct arena *arena; /* of the texts; set before use, as the next */
	bool is_dynamic;
	struct change *items; /* heap */
	size_t count, room;
	size_t nshared, nmoved; /* subjects that both files have, or have elsewhere */
};

struct subject *subjects_add(struct subjects *list);
void subjects_release(struct subjects *list);

#define scoped_subjects __attribute__((cleanup(subjects_release))) struct subjects

void change_list_add(struct change_list *list, const struct change *change);

/*
 * Subjects with equal keys are the same. Where they have values, those of equal values
 * belong together, and if one of each file is left, it has moved; else what counts is how
 * many there are, in recordings only whether there are any. Both are sorted by this.
 */
void change_list_compare(struct change_list *list, enum change_what what,
	struct subjects *before, struct subjects *after);

/*
 * The same of dependencies, keys[1] being the module depended on: only whether there are
 * any counts. One on a library is minor where others of the same file have it, too.
 */
void change_list_dependencies(struct change_list *list, struct subjects *before,
	struct subjects *after);

/*
 * After functions were compared: how many both files have, or 0 where they are so few
 * that the files are of different programs. main is everywhere, and so are headers.
 */
size_t change_list_shared(const struct change_list *list, const struct subjects *before,
	const struct subjects *after);

/* Sort, count, and move all to the arena. The list is empty then. */
void change_list_finish(struct change_list *list, struct changes *out);

#endif
