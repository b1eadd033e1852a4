/* The command line of a compiler that ran, as entries of a compile database. */
#ifndef PCARCH_ANALYZER_COMPILE_COMPILATION_H
#define PCARCH_ANALYZER_COMPILE_COMPILATION_H

#include "analyzer/compile/notes.h"
#include "core/compdb_json.h"

#include <stddef.h>

struct arena;

struct compilations {
	struct arena *arena; /* the only member to set before use */
	struct compile_command *commands; /* heap */
	size_t ncommands, room;
	size_t nprobes; /* that only try the compiler: of configure, CMake, Meson */
	size_t ngone; /* sources that do not exist any more */
	struct notes notes; /* a sentence for each that was left out */
};

void compilations_release(struct compilations *compilations);

/*
 * Add an entry for each C source that the command `words`, run in the absolute path
 * `directory`, compiles; none when it only links, preprocesses or answers a question. The
 * words stay, but launchers (ccache) before the compiler and the other sources go.
 */
void compilations_add(struct compilations *compilations, const char *directory,
	const char *const *words, size_t nwords);

#define scoped_compilations \
	__attribute__((cleanup(compilations_release))) struct compilations

#endif
