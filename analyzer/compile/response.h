/* Response files: "@file" on a command line stands for the words in that file. */
#ifndef PCARCH_ANALYZER_COMPILE_RESPONSE_H
#define PCARCH_ANALYZER_COMPILE_RESPONSE_H

#include <stddef.h>

struct arena;
struct notes;
struct response_file;

enum {
	RESPONSE_MAX_DEPTH = 16, /* of files that name files */
	RESPONSE_MAX_FILES = 1000, /* opened for one command */
	RESPONSE_MAX_WORDS = 1000000, /* in one command */
	RESPONSE_MAX_BYTES = 16 << 20, /* of one file */
};

struct responses {
	struct arena *arena;
	struct notes *notes;
	struct response_file *files; /* read so far: units share them */
	size_t nlost; /* "@file" words that could not be followed; each has its note */
};

void responses_release(struct responses *responses);

struct word_list {
	const char *const *words;
	size_t count;
};

/*
 * `in` with each "@file" replaced by the words of the file, which GCC looks up from the
 * working directory `directory`, in nested files too. One that is missing, recursive or
 * beyond the limits above is left out, with a note.
 */
struct word_list responses_expand(struct responses *responses, const char *directory,
	struct word_list in);

#define scoped_responses __attribute__((cleanup(responses_release))) struct responses

#endif
