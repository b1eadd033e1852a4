/* Functions as the facts list them: one record for each function a unit defines or calls.
 */
#ifndef PCARCH_ANALYZER_CLANG_DECLARATIONS_H
#define PCARCH_ANALYZER_CLANG_DECLARATIONS_H

#include <clang-c/Index.h>
#include <stdbool.h>
#include <stdint.h>

struct declarations;
struct text;
struct walk;

struct declarations *declarations_new(void);
void declarations_free(struct declarations *declarations);

/*
 * The function that `cursor` declares, defines or refers to. `use` is where it is used,
 * to tell an implicit declaration, which stands where the call stands; the null location
 * otherwise.
 */
uint32_t declarations_function(struct walk *walk, CXCursor cursor, CXSourceLocation use);

/* A declaration that changes its function: weak, alias, constructor, … */
void declarations_add_attributes(struct walk *walk, CXCursor cursor);

/*
 * Append the canonical C type of a function to `out`, without noreturn, which does not
 * decide what a pointer fits. True when it stood there.
 */
bool declarations_signature(CXType type, struct text *out);

/* For clang_visitChildren(): the asm label of a declaration into the CXCursor `data`. */
enum CXChildVisitResult declarations_find_label(CXCursor cursor, CXCursor parent,
	CXClientData data);

/* Is it something that the compiler expands and never calls: __builtin_expect, … */
bool declarations_is_pseudo(const char *name);

/* Does a call of it never evaluate its arguments: __builtin_constant_p, … */
bool declarations_is_unevaluated(const char *name);

#endif
