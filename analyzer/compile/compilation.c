#include "analyzer/compile/compilation.h"

#include "analyzer/compile/compiler.h"
#include "analyzer/compile/flags.h"
#include "core/arena.h"
#include "core/compdb_merge.h"
#include "core/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void compilations_release(struct compilations *compilations)
{
	notes_release(&compilations->notes);
	free(compilations->commands);
}

/* One command line, and what stands on it. */
struct command_line {
	const char *directory;
	const char *const *words; /* from the compiler on */
	size_t nwords;
	struct flags flags;
	bool *is_source; /* of each word */
	size_t nsources;
};

/*
 * Programs that exist to see whether they compile. Most are gone when the build is over;
 * these may stay: of Autoconf, of CMake (also its CompilerId) and of Meson.
 */
static bool is_probe(const char *path)
{
	static const char *const directories[] = {"/CMakeFiles/CMakeTmp/",
		"/CMakeFiles/CMakeScratch/", "/CompilerIdC/", "/meson-private/"};
	const char *name = basename(path);

	for (size_t i = 0; i < sizeof(directories) / sizeof(directories[0]); i++)
		if (strstr(path, directories[i]))
			return true;
	return text_has_prefix(name, "conftest.") ||
	       (text_has_prefix(path, "/tmp/") && text_has_prefix(name, "testfile."));
}

static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static bool is_source(const struct command_line *line, const char *input)
{
	return strcmp(compiler_language(line->words[0], input, line->flags.language),
		       "C") == 0;
}

static size_t count_sources(const struct command_line *line)
{
	size_t count = 0;

	for (size_t i = 0; i < line->flags.ninputs; i++)
		count += is_source(line, line->flags.inputs[i]);
	return count;
}

/* The command line with the source at `source` and no other. */
static void add_source(struct compilations *compilations, const struct command_line *line,
	size_t source, const char *path)
{
	struct compile_command command = {
		.directory = line->directory,
		.file = path,
		.output = compile_output(line->words, line->nwords),
	};
	const char **words = arena_alloc(compilations->arena,
		(line->nwords - line->nsources + 2) * sizeof(*words));

	for (size_t i = 0; i < line->nwords; i++)
		if (i == source || !line->is_source[i])
			words[command.narguments++] = line->words[i];
	command.arguments = words;
	compilations->commands = grow(compilations->commands, compilations->ncommands,
		&compilations->room, sizeof(*compilations->commands));
	compilations->commands[compilations->ncommands++] = command;
}

/* `input` from the root, as the compiler names it: symlinks stay. */
static const char *absolute(struct arena *arena, const char *directory, const char *input)
{
	if (input[0] == '/')
		return input;
	while (text_has_prefix(input, "./"))
		input += 2 + strspn(input + 2, "/");
	return arena_printf(arena, "%s/%s", strcmp(directory, "/") ? directory : "",
		input);
}

static void add_input(struct compilations *compilations, const struct command_line *line,
	size_t input)
{
	const char *path =
		absolute(compilations->arena, line->directory, line->words[input]);

	if (is_probe(path) ||
		is_probe(arena_printf(compilations->arena, "%s/", line->directory))) {
		compilations->nprobes++;
		notes_add(&compilations->notes, "probe",
			"left out '%s': it only tries the compiler", path);
	} else if (!is_file(path)) {
		compilations->ngone++;
		notes_add(&compilations->notes, "gone",
			"left out '%s': it is no file any more", path);
	} else {
		add_source(compilations, line, input, path);
	}
}

static void read_flags(struct arena *arena, struct command_line *line)
{
	scoped_notes ignored = {.arena = arena};

	flags_clean(arena, &ignored, line->words + 1, line->nwords - 1, &line->flags);
}

/* Equal words may be one string, which mark_sources() could not tell apart. */
static void separate_words(struct arena *arena, struct command_line *line)
{
	const char **words = arena_alloc(arena, line->nwords * sizeof(*words));

	for (size_t i = 0; i < line->nwords; i++)
		words[i] = arena_strdup(arena, line->words[i]);
	line->words = words;
	read_flags(arena, line);
}

/* The inputs are some of the words, in the same order. */
static void mark_sources(struct arena *arena, struct command_line *line)
{
	size_t input = 0;

	line->is_source = arena_alloc(arena, line->nwords * sizeof(bool));
	for (size_t i = 0; i < line->nwords && input < line->flags.ninputs; i++) {
		if (line->words[i] != line->flags.inputs[input])
			continue;
		line->is_source[i] = is_source(line, line->flags.inputs[input++]);
	}
}

void compilations_add(struct compilations *compilations, const char *directory,
	const char *const *words, size_t nwords)
{
	size_t at = compiler_find(words, nwords);
	struct command_line line = {
		.directory = directory, .words = words + at, .nwords = nwords - at};

	compilations->notes.arena = compilations->arena;
	if (!compiler_is_c(line.words[0]) ||
		(line.nwords > 1 && text_has_prefix(line.words[1], "-cc1")))
		return;
	read_flags(compilations->arena, &line);
	line.nsources = count_sources(&line);
	if (!line.nsources || line.flags.is_preprocess_only)
		return;
	if (line.nsources > 1)
		separate_words(compilations->arena, &line);
	mark_sources(compilations->arena, &line);
	for (size_t i = 0; i < line.nwords; i++)
		if (line.is_source[i])
			add_input(compilations, &line, i);
}
