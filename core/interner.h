/* One copy of each string: equal strings are equal pointers. */
#ifndef PCARCH_CORE_INTERNER_H
#define PCARCH_CORE_INTERNER_H

#include <stddef.h>

struct arena;
struct interned;

struct interner {
	struct arena *arena; /* of the copies; the only member to set before use */
	struct interned *slots; /* heap */
	size_t nslots, count;
};

/* Forget the strings; the copies stay in the arena. */
void interner_release(struct interner *interner);

/* The copy of `len` bytes of `bytes`, NUL-terminated; made when it is the first. */
const char *intern(struct interner *interner, const char *bytes, size_t len);

/* The copy that there is; NULL: none was made. */
const char *intern_find(const struct interner *interner, const char *bytes, size_t len);

const char *intern_string(struct interner *interner, const char *string);

#define scoped_interner __attribute__((cleanup(interner_release))) struct interner

#endif
