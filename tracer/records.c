#include "tracer/records.h"

#include "core/arena.h"
#include "core/interner.h"
#include "core/shell_words.h"
#include "core/text.h"
#include "tracer/recorder/record.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	struct arena *arena;
	struct interner strings; /* runs repeat each other */
	struct compiler_run *runs; /* heap */
	size_t nruns, room;
	const char **words; /* heap, of the run being read */
	size_t nwords, words_room;
	struct text word;
};

static void reading_release(struct reading *reading)
{
	interner_release(&reading->strings);
	text_release(&reading->word);
	free(reading->runs);
	free(reading->words);
}

#define scoped_reading __attribute__((cleanup(reading_release))) struct reading

/* What is left of a record. */
struct cursor {
	const char *at, *end;
};

static const char *take_bytes(struct cursor *in, size_t size)
{
	const char *bytes = in->at;

	if ((size_t)(in->end - in->at) < size)
		return NULL;
	in->at += size;
	return bytes;
}

/* NULL when the record ends inside it. */
static const char *take_string(struct cursor *in)
{
	const char *string = in->at;
	const char *nul = memchr(in->at, '\0', (size_t)(in->end - in->at));

	if (!nul)
		return NULL;
	in->at = nul + 1;
	return string;
}

static void add_word(struct reading *reading, const char *word)
{
	reading->words = grow(reading->words, reading->nwords, &reading->words_room,
		sizeof(*reading->words));
	reading->words[reading->nwords++] = intern_string(&reading->strings, word);
}

static void add_response(struct reading *reading, const char *bytes, size_t size)
{
	struct shell_words words;

	shell_words_init(&words, bytes, size, QUOTING_RESPONSE);
	while (shell_words_next(&words, &reading->word))
		add_word(reading, text_string(&reading->word));
}

/* A compiler found in PATH has no slash in its own name, but in the one that was run. */
static const char *first_word(const char *word, const char *program)
{
	const char *slash = strrchr(program, '/');

	return program[0] == '/' && !strchr(word, '/') && strcmp(slash + 1, word) == 0
		       ? program
		       : word;
}

static void add_run(struct reading *reading, const char *directory)
{
	size_t size = reading->nwords * sizeof(*reading->words);
	const char **words = arena_alloc(reading->arena, size + sizeof(*words));

	memcpy(words, reading->words, size);
	reading->runs = grow(reading->runs, reading->nruns, &reading->room,
		sizeof(*reading->runs));
	reading->runs[reading->nruns++] = (struct compiler_run){
		.directory = intern_string(&reading->strings, directory),
		.words = words,
		.nwords = reading->nwords,
	};
}

/* The command line's words, and in the place of some the content of response files. */
static bool read_words(struct reading *reading, struct cursor *strings,
	const struct record_header *header, const struct record_response *responses)
{
	const char *program = take_string(strings);
	struct cursor contents;
	uint32_t nread = 0;

	if (!program)
		return false;
	contents = *strings;
	for (uint32_t i = 0; i < header->nwords; i++)
		if (!take_string(&contents))
			return false;
	for (uint32_t i = 0; i < header->nwords; i++) {
		const char *word = take_string(strings), *content;
		bool is_response =
			nread < header->nresponses && responses[nread].word == i;

		if (!is_response) {
			add_word(reading, i ? word : first_word(word, program));
			continue;
		}
		content = take_bytes(&contents, responses[nread].size);
		if (!content)
			return false;
		add_response(reading, content, responses[nread++].size);
	}
	return nread == header->nresponses && contents.at == contents.end;
}

static const char *find_magic(const char *at, const char *end)
{
	const uint64_t magic = RECORD_MAGIC;

	return memmem(at, (size_t)(end - at), &magic, sizeof(magic));
}

/* Leave what is between the header and the end mark in `in`. What was cut off has its end
 * in a later record, or none. */
static bool take_frame(struct cursor *in, struct record_header *header)
{
	const uint64_t end = RECORD_END;
	const char *bytes = take_bytes(in, sizeof(*header));
	size_t rest = (size_t)(in->end - in->at);

	if (!bytes)
		return false;
	memcpy(header, bytes, sizeof(*header));
	if (header->magic != RECORD_MAGIC ||
		header->size < sizeof(*header) + sizeof(end) ||
		header->size - sizeof(*header) > rest || !header->nwords ||
		header->nresponses > RECORD_MAX_RESPONSES)
		return false;
	in->end = bytes + header->size - sizeof(end);
	return memcmp(in->end, &end, sizeof(end)) == 0 && !find_magic(in->at, in->end);
}

/* Take the record at in->at, and go behind it; false: none, or cut off. */
static bool read_record(struct reading *reading, struct cursor *in)
{
	struct record_response responses[RECORD_MAX_RESPONSES];
	struct cursor record = *in;
	struct record_header header;
	const char *bytes, *directory;
	size_t size;

	if (!take_frame(&record, &header))
		return false;
	size = header.nresponses * sizeof(responses[0]);
	bytes = take_bytes(&record, size);
	if (!bytes)
		return false;
	memcpy(responses, bytes, size);
	directory = take_string(&record);
	reading->nwords = 0;
	if (!directory || directory[0] != '/' ||
		!read_words(reading, &record, &header, responses))
		return false;
	add_run(reading, directory);
	in->at += header.size;
	return true;
}

/* Go on at the next record behind in->at, or at the end. */
static void skip_damaged(struct cursor *in)
{
	const char *next = find_magic(in->at + 1, in->end);

	in->at = next ? next : in->end;
}

void records_read(struct arena *arena, const char *bytes, size_t size,
	struct records *out)
{
	scoped_reading reading = {.arena = arena, .strings.arena = arena};
	struct cursor in = {bytes, bytes + size};
	struct records records = {0};

	while (in.at < in.end) {
		if (read_record(&reading, &in))
			continue;
		records.ndamaged++;
		skip_damaged(&in);
	}
	records.nruns = reading.nruns;
	records.runs = arena_alloc(arena, reading.nruns * sizeof(*records.runs));
	if (reading.nruns)
		memcpy(records.runs, reading.runs, reading.nruns * sizeof(*records.runs));
	*out = records;
}
