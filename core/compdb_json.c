#include "core/compdb_json.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/interner.h"
#include "core/json_reader.h"
#include "core/json_writer.h"
#include "core/shell_words.h"
#include "core/text.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	const char *path;
	struct arena *arena;
	struct interner strings; /* 1 % of the words are distinct */
	struct compile_command *commands; /* heap, until the end is reached */
	size_t ncommands, room;
	const char **words; /* heap, of the entry being read */
	size_t nwords, words_room;
	struct text word;
};

static void reading_release(struct reading *reading)
{
	interner_release(&reading->strings);
	text_release(&reading->word);
	free(reading->commands);
	free(reading->words);
}

#define scoped_reading __attribute__((cleanup(reading_release))) struct reading

static void add_word(struct reading *reading, const char *word)
{
	reading->words = grow(reading->words, reading->nwords, &reading->words_room,
		sizeof(*reading->words));
	reading->words[reading->nwords++] = intern_string(&reading->strings, word);
}

/*
 * The member `key`, a string that is not empty, into `out`. Where it is not given, `out`
 * stays as it is: the caller knows whether it may be missing.
 */
static bool read_string(struct reading *reading, const cJSON *entry, const char *key,
	const char **out)
{
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(entry, key);

	if (!value)
		return true;
	if (!cJSON_IsString(value) || !value->valuestring[0])
		return false;
	*out = intern_string(&reading->strings, value->valuestring);
	return true;
}

static bool read_arguments(struct reading *reading, const cJSON *arguments)
{
	const cJSON *word;

	if (!cJSON_IsArray(arguments))
		return false;
	cJSON_ArrayForEach(word, arguments)
	{
		if (!cJSON_IsString(word))
			return false;
		add_word(reading, word->valuestring);
	}
	return reading->nwords > 0;
}

static bool read_command(struct reading *reading, const cJSON *command)
{
	struct shell_words words;

	if (!cJSON_IsString(command))
		return false;
	shell_words_init(&words, command->valuestring, strlen(command->valuestring),
		QUOTING_SHELL);
	while (shell_words_next(&words, &reading->word))
		add_word(reading, reading->word.bytes);
	return reading->nwords > 0 && !words.is_unclosed;
}

/* The entry's words to reading->words; "arguments" wins: it needs no guessing. */
static bool read_words(struct reading *reading, const cJSON *entry, uint64_t offset,
	struct error *err)
{
	const cJSON *arguments = cJSON_GetObjectItemCaseSensitive(entry, "arguments");
	const cJSON *command = cJSON_GetObjectItemCaseSensitive(entry, "command");

	reading->nwords = 0;
	if (arguments)
		return read_arguments(reading, arguments) ||
		       error_set_byte(err, reading->path, offset,
			       "'arguments' is not an array of one or more strings");
	if (!command)
		return error_set_byte(err, reading->path, offset,
			"the entry has neither 'arguments' nor 'command'");
	return read_command(reading, command) ||
	       error_set_byte(err, reading->path, offset,
		       "'command' is not a shell command: a string of one or more words, with every quote closed");
}

static bool read_entry(struct reading *reading, const cJSON *entry, uint64_t offset,
	struct error *err)
{
	struct compile_command command = {.offset = offset};
	const char **arguments;

	if (!cJSON_IsObject(entry))
		return error_set_byte(err, reading->path, offset,
			"expected an object with 'directory', 'file' and 'arguments' or 'command'");
	if (!read_string(reading, entry, "directory", &command.directory) ||
		!command.directory)
		return error_set_byte(err, reading->path, offset,
			"the entry needs 'directory', a string that is not empty");
	if (!read_string(reading, entry, "file", &command.file) || !command.file)
		return error_set_byte(err, reading->path, offset,
			"the entry needs 'file', a string that is not empty");
	if (!read_string(reading, entry, "output", &command.output))
		return error_set_byte(err, reading->path, offset,
			"'output' is not a string, or empty");
	if (!read_words(reading, entry, offset, err))
		return false;
	command.narguments = reading->nwords;
	arguments =
		arena_alloc(reading->arena, (reading->nwords + 1) * sizeof(*arguments));
	memcpy(arguments, reading->words, reading->nwords * sizeof(*arguments));
	command.arguments = arguments;
	reading->commands = grow(reading->commands, reading->ncommands, &reading->room,
		sizeof(*reading->commands));
	reading->commands[reading->ncommands++] = command;
	return true;
}

static bool on_value(void *context, const char *key, const cJSON *value, uint64_t offset,
	struct error *err)
{
	struct reading *reading = context;

	if (key)
		return error_set_byte(err, reading->path, offset,
			"expected an array of compile commands, not an object");
	return read_entry(reading, value, offset, err);
}

bool compdb_read(struct arena *arena, const char *path, struct compdb *out,
	struct error *err)
{
	scoped_reading reading = {
		.path = path, .arena = arena, .strings = {.arena = arena}};
	const struct json_visitor visitor = {.value = on_value, .context = &reading};
	size_t size;

	if (!json_read_file(path, &visitor, err))
		return false;
	if (!reading.ncommands)
		return error_set(err, (struct location){path, 0, 0},
			"no compile commands in it: build the program again, from clean");
	size = reading.ncommands * sizeof(*reading.commands);
	out->commands = arena_alloc(arena, size);
	memcpy(out->commands, reading.commands, size);
	out->ncommands = reading.ncommands;
	return true;
}

static void write_command(struct json_writer *json, const struct compile_command *command)
{
	json_begin_line_object(json);
	json_member_string(json, "directory", command->directory);
	json_member_string(json, "file", command->file);
	if (command->output)
		json_member_string(json, "output", command->output);
	json_key(json, "arguments");
	json_begin_array(json);
	for (size_t i = 0; i < command->narguments; i++)
		json_string(json, command->arguments[i]);
	json_end_array(json);
	json_end_object(json);
}

bool compdb_write(const struct compdb *db, FILE *stream)
{
	struct json_writer json;

	json_open(&json, stream);
	json_begin_array(&json);
	for (size_t i = 0; i < db->ncommands; i++)
		write_command(&json, &db->commands[i]);
	json_end_array(&json);
	return json_close(&json);
}
