#include "cli/command.h"

#include "analyzer/compile/compiler_line.h"
#include "analyzer/compile/notes.h"
#include "analyzer/compile/response.h"
#include "analyzer/compile/units.h"
#include "analyzer/facts/facts.h"
#include "analyzer/workers/extract_job.h"
#include "analyzer/workers/extractor.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/trace.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern const struct command cmd_extract;

static struct {
	const char *output, *depfile;
	bool allow_partial;
} given;

static const struct option *extract_options(void)
{
	static const struct option options[] = {
		{'o', "output", OPTION_FILE, &given.output, "FILE",
			"where the facts go (default: the compiler's -o, or SOURCE.facts)",
			NULL, 0, 0},
		{0, "depfile", OPTION_FILE, &given.depfile, "FILE",
			"write the files that were read as a make rule (default: the compiler's -MF)",
			NULL, 0, 0},
		{0, "allow-partial", OPTION_FLAG, &given.allow_partial, NULL,
			"exit 0 although the unit has errors; its facts say so", NULL, 0,
			0},
		{0},
	};

	return options;
}

static bool write_facts(const struct text *facts, const char *path, struct error *err)
{
	scoped_out out = {0};

	if (!file_create(&out, path, err))
		return false;
	fwrite(facts->bytes, 1, facts->len, out.stream);
	return file_commit(&out, err);
}

/* As gcc writes it: blanks and # escaped, $ doubled, backslashes only before a blank. */
static void write_name(FILE *out, const char *path)
{
	for (; *path; path++) {
		size_t nbackslashes = strspn(path, "\\");

		for (size_t i = 0; i < nbackslashes; i++)
			fputs(path[nbackslashes] == ' ' || path[nbackslashes] == '\t'
					? "\\\\"
					: "\\",
				out);
		path += nbackslashes;
		if (!*path)
			return;
		if (strchr(" \t#", *path))
			fputc('\\', out);
		else if (*path == '$')
			fputc('$', out);
		fputc(*path, out);
	}
}

/*
 * A unit with errors depends on a file that never exists, so that it is read again each
 * time: the header that it misses may appear, and nothing here knows where.
 */
static bool write_depfile(const struct extract_output *extracted, bool is_whole,
	const struct compiler_line *line, struct error *err)
{
	const char *path = text_string(&extracted->paths);
	scoped_out out = {0};

	if (!file_create(&out, line->depfile, err))
		return false;
	write_name(out.stream, line->output);
	fputc(':', out.stream);
	for (size_t i = 0; i < extracted->npaths; i++, path += strlen(path) + 1) {
		fputs(" \\\n  ", out.stream);
		write_name(out.stream, path);
	}
	if (!is_whole) {
		fputs(" \\\n  ", out.stream);
		write_name(out.stream, line->output);
		fputs(".incomplete", out.stream);
	}
	fputc('\n', out.stream);
	return file_commit(&out, err);
}

static void extract(const struct extractor *extractor, const struct scan_unit *unit,
	struct extract_output *out)
{
	struct extract_input input = {
		.file = unit->file,
		.arguments = unit->arguments,
		.narguments = unit->narguments,
	};
	struct error err;

	if (access(unit->file, R_OK) < 0) /* libclang would not say why */
		error_set(&err, (struct location){0}, "cannot open it: %s",
			strerror(errno));
	else if (extractor->extract(&input, out, &err))
		return;
	extract_output_release(out);
	extract_job_failed(unit, FINDING_UNIT_FAILED, err.text, &out->facts);
}

static void print_error(struct location at, const char *text)
{
	struct error err;

	error_set(&err, at, "%s", text);
	error_print(&err, cmd_extract.name);
}

/* Print what is wrong with the unit; true when it is whole. */
static bool report(const struct extract_output *out, const struct scan_unit *unit)
{
	struct facts facts;
	struct error err;

	if (!facts_open(out->facts.bytes, out->facts.len,
		    (struct facts_place){unit->file, 0}, &facts, &err))
		return false;
	if (facts.unit->status == UNIT_FAILED)
		print_error((struct location){unit->file, 0, 0},
			facts_string(&facts, facts.unit->reason));
	for (size_t i = 0; i < facts.ndiagnostics; i++) {
		const struct facts_diagnostic *at = &facts.diagnostics[i];

		if (at->severity >= 3 && at->file != FACTS_NONE)
			print_error((struct location){facts_string(&facts,
							      facts.files[at->file].path),
					    at->line, at->column},
				facts_string(&facts, at->text));
	}
	return facts.unit->status == UNIT_PARSED;
}

static int extract_unit(const struct scan_unit *unit, const struct compiler_line *line)
{
	struct extract_output out = {0};
	struct error err;
	const struct extractor *extractor = extractor_load(&err);
	bool is_whole, ok;

	if (!extractor || !extractor->probe(&err)) {
		error_print(&err, "extract");
		return EXIT_INTERNAL;
	}
	extract(extractor, unit, &out);
	is_whole = report(&out, unit);
	ok = write_facts(&out.facts, line->output, &err) &&
	     (!line->depfile || write_depfile(&out, is_whole, line, &err));
	extract_output_release(&out);
	if (!ok) {
		error_print(&err, "extract");
		return EXIT_USAGE;
	}
	return is_whole || given.allow_partial ? EXIT_CLEAN : EXIT_INCOMPLETE;
}

/* `words`, with those of the response files among them; each of them is needed. */
static bool expand(struct arena *arena, const char *directory, struct word_list *words,
	struct error *err)
{
	scoped_notes notes = {.arena = arena};
	scoped_responses responses = {.arena = arena, .notes = &notes};
	const char *const *sentences;
	size_t count;

	*words = responses_expand(&responses, directory, *words);
	sentences = notes_list(&notes, &count);
	return !count || error_set(err, (struct location){0}, "%s", sentences[0]);
}

/* The unit that `words` compile, and what they say of the output. */
static bool read_command(struct arena *arena, struct word_list words,
	struct scan_unit *unit, struct compiler_line *line, struct error *err)
{
	char directory[PATH_MAX];

	if (!realpath(".", directory))
		return error_set_errno(err, "read", "the current directory", NULL);
	if (!expand(arena, directory, &words, err) ||
		!units_from_command(arena, directory, &words, unit, err))
		return false;
	compiler_line_read(arena, words.words, words.count, line);
	if (given.output)
		line->output = given.output;
	if (!line->output)
		line->output = arena_printf(arena, "%s.facts", unit->file);
	if (given.depfile)
		line->depfile = given.depfile;
	return true;
}

static int extract_main(int argc, char **argv)
{
	struct arena arena = {0};
	struct compiler_line line;
	struct scan_unit unit;
	struct error err;
	int status = options_parse(&cmd_extract, &argc, &argv);

	if (status >= 0)
		return status;
	if (options_before_dashes() || argc < 2)
		return usage_error("extract",
			"give the compiler's command line after '--': pcarch extract -- cc -c x.c");
	if (read_command(&arena,
		    (struct word_list){(const char *const *)argv, (size_t)argc}, &unit,
		    &line, &err)) {
		status = extract_unit(&unit, &line);
	} else {
		error_print(&err, "extract");
		status = EXIT_USAGE;
	}
	arena_release(&arena);
	return status;
}

const struct command cmd_extract = {
	.name = "extract",
	.args = "[options] -- CC ARGS...",
	.summary = "read one unit, write its facts: the map step of a scan",
	.description =
		"Takes a compiler's command line, does not run the compiler, and writes what the "
		"unit says: functions, call sites, diagnostics. 'pcarch link' makes a trace of "
		"many such files.\n\n"
		"Called as 'pcarch-cc ARGS' it stands where a compiler would, for ninja or "
		"ccache: the output is -o, the depfile -MF, and errors in the unit are left to "
		"'pcarch link'.",
	.examples = "  pcarch extract -o a.facts -- cc -Iinclude -c a.c\n"
		    "  pcarch-cc -Iinclude -MD -MF a.d -c a.c -o a.facts\n",
	.options = extract_options,
	.run = extract_main,
};
