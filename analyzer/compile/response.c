#include "analyzer/compile/response.h"

#include "analyzer/compile/notes.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/interner.h"
#include "core/shell_words.h"
#include "core/text.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <uthash.h>

struct response_file {
	const char *path;
	struct word_list list;
	const char *reason; /* why it has no words; NULL: it was read */
	UT_hash_handle hh;
};

void responses_release(struct responses *responses)
{
	HASH_CLEAR(hh, responses->files);
}

struct expansion {
	struct responses *responses;
	const char *directory;
	const char **words; /* heap */
	size_t nwords, room, nfiles;
	struct frame {
		const struct response_file *file; /* NULL: the command itself */
		struct word_list list;
		size_t next;
	} stack[RESPONSE_MAX_DEPTH + 1];
	size_t depth;
};

/* Read the words of `file->path`, or the reason why not. */
static void read_words(struct arena *arena, struct response_file *file)
{
	scoped_map map = {"", 0};
	scoped_text word = {0};
	struct shell_words words;
	const char **list = NULL;
	size_t n = 0, room = 0;
	struct stat st;
	struct error err;

	if (stat(file->path, &st) < 0 && errno == ENOENT)
		file->reason = "it does not exist; build the program, so that it does";
	else if (stat(file->path, &st) == 0 && !S_ISREG(st.st_mode))
		file->reason = "it is not a regular file";
	else if (!file_map(file->path, &map, &err))
		file->reason = arena_strdup(arena, err.text);
	else if (map.size > RESPONSE_MAX_BYTES)
		file->reason = "it is larger than 16 MiB";
	if (file->reason)
		return;
	shell_words_init(&words, map.bytes, map.size, QUOTING_RESPONSE);
	while (n < RESPONSE_MAX_WORDS && shell_words_next(&words, &word)) {
		list = grow(list, n, &room, sizeof(*list));
		list[n++] = arena_copy(arena, word.bytes, word.len);
	}
	file->list.words = arena_alloc(arena, n * sizeof(*list));
	file->list.count = n;
	if (n)
		memcpy((void *)file->list.words, list, n * sizeof(*list));
	free(list);
}

static const struct response_file *find_file(struct responses *responses,
	const char *directory, const char *name)
{
	struct response_file *file;
	scoped_text path = {0};

	if (name[0] != '/')
		text_printf(&path, "%s/", directory);
	text_add(&path, name);
	HASH_FIND_STR(responses->files, path.bytes, file);
	if (file)
		return file;
	file = arena_alloc(responses->arena, sizeof(*file));
	file->path = arena_strdup(responses->arena, path.bytes);
	read_words(responses->arena, file);
	HASH_ADD_KEYPTR(hh, responses->files, file->path, path.len, file);
	return file;
}

static bool is_open(const struct expansion *expansion, const struct response_file *file)
{
	for (size_t i = 0; i < expansion->depth; i++)
		if (expansion->stack[i].file == file)
			return true;
	return false;
}

/* `path` is left out because of `reason`. */
static void lose(struct responses *responses, const char *path, const char *reason)
{
	scoped_text key = {0};

	text_printf(&key, "%s: %s", path, reason);
	responses->nlost++;
	notes_add(responses->notes, key.bytes, "response file '%s' is left out: %s", path,
		reason);
}

/* Go into the file that `word`, "@name", means. */
static void enter(struct expansion *expansion, const char *word)
{
	struct responses *responses = expansion->responses;
	const struct response_file *file;

	file = find_file(responses, expansion->directory, word + 1);
	if (++expansion->nfiles > RESPONSE_MAX_FILES) {
		lose(responses, file->path, "its command names too many of them");
		expansion->depth = 0;
	} else if (is_open(expansion, file)) {
		lose(responses, file->path, "it includes itself");
	} else if (expansion->depth > RESPONSE_MAX_DEPTH) {
		lose(responses, file->path, "it is nested too deep");
	} else if (file->reason) {
		lose(responses, file->path, file->reason);
	} else {
		expansion->stack[expansion->depth++] =
			(struct frame){file, file->list, 0};
	}
}

static bool has_response(struct word_list list)
{
	for (size_t i = 0; i < list.count; i++)
		if (list.words[i][0] == '@' && list.words[i][1])
			return true;
	return false;
}

struct word_list responses_expand(struct responses *responses, const char *directory,
	struct word_list in)
{
	struct expansion expansion = {.responses = responses, .directory = directory};
	struct word_list out;
	const char **copy;

	if (!has_response(in))
		return in;
	expansion.stack[expansion.depth++] = (struct frame){NULL, in, 0};
	while (expansion.depth && expansion.nwords < RESPONSE_MAX_WORDS) {
		struct frame *frame = &expansion.stack[expansion.depth - 1];
		const char *word;

		if (frame->next == frame->list.count) {
			expansion.depth--;
			continue;
		}
		word = frame->list.words[frame->next++];
		if (word[0] == '@' && word[1]) {
			enter(&expansion, word);
			continue;
		}
		expansion.words = grow(expansion.words, expansion.nwords, &expansion.room,
			sizeof(*expansion.words));
		expansion.words[expansion.nwords++] = word;
	}
	if (expansion.nwords == RESPONSE_MAX_WORDS)
		notes_add(responses->notes, in.words[0],
			"a command of '%s' has more than %d words: the rest is left out",
			in.words[0], RESPONSE_MAX_WORDS);
	copy = arena_alloc(responses->arena, expansion.nwords * sizeof(*copy));
	if (expansion.nwords)
		memcpy(copy, expansion.words, expansion.nwords * sizeof(*copy));
	free(expansion.words);
	out = (struct word_list){copy, expansion.nwords};
	return out;
}
