/* Which word of a command line is the compiler, and what it would take a source for. */
#ifndef PCARCH_ANALYZER_COMPILE_COMPILER_H
#define PCARCH_ANALYZER_COMPILE_COMPILER_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether the base name of `path` is that of a C compiler: cc, c89, c99, c17, gcc or
 * clang, with a target before it ("arm-none-eabi-gcc") and a version behind ("gcc-12",
 * "clang19").
 */
bool compiler_is_c(const char *path);

/* Whether it is one of clang's names; "arm-linux-gnueabihf-clang" is. */
bool compiler_is_clang(const char *path);

/* The length of the target before the name, without the dash, or 0. `path` as above. */
size_t compiler_target(const char *path, const char **target);

/*
 * Where the compiler stands among `words`: after ccache, distcc, libtool --mode=compile,
 * env and the like. 0 when no word is a known compiler: then the first is taken for one.
 */
size_t compiler_find(const char *const *words, size_t n);

/* "C" when `compiler` reads `file` as C, `language` being what -x said (NULL: nothing);
 * otherwise what it is: "C++", "assembly", "an object" … */
const char *compiler_language(const char *compiler, const char *file,
	const char *language);

#endif
