#include "cli/command.h"

#include "analyzer/compile/units.h"
#include "analyzer/facts/facts.h"
#include "analyzer/link/learned.h"
#include "analyzer/link/link.h"
#include "analyzer/rules/rules.h"
#include "cli/binary_option.h"
#include "cli/learned_notes.h"
#include "cli/limits.h"
#include "cli/trace_summary.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/shell_words.h"
#include "core/static_json.h"
#include "core/text.h"
#include "core/trace.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

extern const struct command cmd_link;

static struct {
	const char *output, *root;
	struct option_values rules;
	unsigned trace_functions;
	bool is_archive, allow_partial, is_quiet;
	struct option_values binaries;
} given = {.trace_functions = LIMIT_TRACE_FUNCTIONS};

static const struct option *link_options(void)
{
	static const struct option options[] = {
		{'o', "output", OPTION_FILE, &given.output, "FILE",
			"where the result goes; '-' is stdout (default: static.json)",
			NULL, 0, 0},
		{'r', "archive", OPTION_FLAG, &given.is_archive, NULL,
			"write the facts of all as one file, to be linked later", NULL, 0,
			0},
		{0, "binary", OPTION_FILES, &given.binaries, "PROGRAM",
			"only the units that were linked into it; may be repeated", NULL,
			0, 0},
		{0, "root", OPTION_DIR, &given.root, "DIR",
			"the directory that paths are relative to (default: that of all sources)",
			NULL, 0, 0},
		{0, "rules", OPTION_FILES, &given.rules, "FILE",
			"rules besides those of the root's .pcarch.json; may be repeated",
			NULL, 0, 0},
		{0, "trace-functions", OPTION_NUMBER, &given.trace_functions, "N",
			"functions listed in one trace; 0: all (default: 1000)", NULL, 0,
			0},
		{0, "allow-partial", OPTION_FLAG, &given.allow_partial, NULL,
			"exit 0 although units failed", NULL, 0, 0},
		{'q', "quiet", OPTION_FLAG, &given.is_quiet, NULL,
			"only errors on stderr", NULL, 0, 0},
		{0},
	};

	return options;
}

/* The images of all files; maps stay open until they are linked. */
struct inputs {
	struct file_map *maps;
	size_t nmaps, maps_room;
	struct facts *images;
	size_t nimages, images_room;
	struct arena arena;
};

static void inputs_release(struct inputs *inputs)
{
	for (size_t i = 0; i < inputs->nmaps; i++)
		file_unmap(&inputs->maps[i]);
	free(inputs->maps);
	free(inputs->images);
	arena_release(&inputs->arena);
}

/* A file of facts: images one after another. */
static bool read_file(struct inputs *inputs, const char *path, struct error *err)
{
	struct file_map map;
	size_t at = 0;

	if (!file_map(path, &map, err))
		return false;
	inputs->maps = grow(inputs->maps, inputs->nmaps, &inputs->maps_room, sizeof(map));
	inputs->maps[inputs->nmaps++] = map;
	if (!map.size)
		return error_set_byte(err, path, 0,
			"the file is empty; facts were expected");
	while (at < map.size) {
		inputs->images = grow(inputs->images, inputs->nimages,
			&inputs->images_room, sizeof(*inputs->images));
		if (!facts_open(map.bytes + at, map.size - at,
			    (struct facts_place){path, at},
			    &inputs->images[inputs->nimages], err))
			return false;
		at += inputs->images[inputs->nimages++].size;
	}
	return true;
}

/* `@FILE` lists files, quoted as a shell would. */
static bool read_response(struct inputs *inputs, const char *path, struct error *err)
{
	struct shell_words words;
	size_t size;
	char *text = file_read(&inputs->arena, path, &size, err);
	scoped_text word = {0};

	if (!text)
		return false;
	shell_words_init(&words, text, size, QUOTING_SHELL);
	while (shell_words_next(&words, &word)) {
		if (words.is_unclosed)
			return error_set(err, (struct location){path, 0, 0},
				"a quote in this list of files is never closed");
		if (!read_file(inputs, text_string(&word), err))
			return false;
	}
	return true;
}

static bool read_inputs(struct inputs *inputs, int argc, char **argv, struct error *err)
{
	for (int i = 0; i < argc; i++)
		if (argv[i][0] == '@' ? !read_response(inputs, argv[i] + 1, err)
				      : !read_file(inputs, argv[i], err))
			return false;
	return inputs->nimages ||
	       error_set(err, (struct location){0},
		       "no facts are given; 'pcarch extract' makes them");
}

static int by_file(const void *left, const void *right)
{
	return strcmp(((const struct scan_unit *)left)->file,
		((const struct scan_unit *)right)->file);
}

/* The deepest directory that holds the main files of all units. */
static const char *find_root(struct inputs *inputs, struct error *err)
{
	struct unit_list list = {0};

	list.units = arena_alloc(&inputs->arena, inputs->nimages * sizeof(*list.units));
	for (size_t i = 0; i < inputs->nimages; i++) {
		const struct facts *facts = &inputs->images[i];

		if (facts->unit->kind == FACTS_UNIT)
			list.units[list.nunits++].file =
				facts_string(facts, facts->unit->path);
	}
	if (!list.nunits) {
		error_set(err, (struct location){0}, "there is no unit in these files");
		return NULL;
	}
	qsort(list.units, list.nunits, sizeof(*list.units), by_file);
	return units_root(&inputs->arena, &list, NULL);
}

static bool write_archive(struct inputs *inputs, const char *output, struct error *err)
{
	size_t count = link_order(inputs->images, inputs->nimages);
	scoped_out out = {0};

	if (!file_create(&out, output, err))
		return false;
	for (size_t i = 0; i < count; i++)
		fwrite(inputs->images[i].start, 1, inputs->images[i].size, out.stream);
	return file_commit(&out, err);
}

/* What --binary says of the units, which link_facts() then selects. */
static bool use_binaries(struct inputs *inputs, struct link_options *options,
	struct error *err)
{
	const char **paths =
		arena_alloc(&inputs->arena, inputs->nimages * sizeof(*paths));
	struct binary_list binaries;
	struct linked_units units;
	struct source_list sources = {paths, 0};

	if (!binary_option_read(&inputs->arena, &given.binaries, &binaries, err))
		return false;
	if (!binaries.count)
		return true;
	inputs->nimages = link_order(inputs->images, inputs->nimages);
	for (size_t i = 0; i < inputs->nimages; i++) {
		const struct facts *facts = &inputs->images[i];

		if (facts->unit->kind == FACTS_UNIT)
			paths[sources.count++] = facts_string(facts, facts->unit->path);
	}
	if (!linked_units_find(&inputs->arena, binaries, sources, &units, err))
		return false;
	options->binaries = binaries.items;
	options->nbinaries = binaries.count;
	if (!given.is_quiet)
		binary_option_warn("link", binaries, &units, options->root);
	return true;
}

static int link_trace(struct inputs *inputs, struct error *err)
{
	const char *output = given.output ? given.output : "static.json";
	struct learned_report learned;
	struct link_options options = {
		.max_functions = given.trace_functions,
		.tool_version = PCARCH_VERSION,
		.learned = &learned,
	};
	struct rules_request request = {NULL, given.rules.items, given.rules.count};
	struct static_trace trace;
	scoped_rules rules = {0};
	char root[PATH_MAX];

	if (!limits_max_depth("link", &options.max_depth))
		return EXIT_USAGE;
	options.root = given.root ? realpath(given.root, root) : find_root(inputs, err);
	if (!options.root) {
		if (given.root)
			error_set_errno(err, "enter", given.root, NULL);
		error_print(err, "link");
		return EXIT_USAGE;
	}
	if (!use_binaries(inputs, &options, err)) {
		error_print(err, "link");
		return EXIT_USAGE;
	}
	request.root = options.root;
	if (!rules_load(&inputs->arena, &request, &rules, err)) {
		error_print(err, "link");
		return EXIT_USAGE;
	}
	options.rules = &rules;
	link_facts(&inputs->arena, inputs->images, inputs->nimages, &options, &trace);
	if (!static_json_save(&trace, output, err)) {
		error_print(err, "link");
		return EXIT_USAGE;
	}
	trace_summary_problems(&trace);
	learned_notes_print(&learned, given.is_quiet);
	if (!given.is_quiet) {
		if (trace.nleft_out)
			fprintf(stderr, "%zu unit%s, %zu left out, which no binary has: ",
				trace.nunits, trace.nunits == 1 ? "" : "s",
				trace.nleft_out);
		trace_summary_print(&trace, output);
	}
	return trace_summary_failed(&trace) && !given.allow_partial ? EXIT_INCOMPLETE
								    : EXIT_CLEAN;
}

static int link_main(int argc, char **argv)
{
	struct inputs inputs = {0};
	struct error err;
	int status = options_parse(&cmd_link, &argc, &argv);

	if (status >= 0)
		return status;
	if (!argc)
		return usage_error("link", "no facts given; 'pcarch extract' makes them");
	status = EXIT_USAGE;
	if (given.is_archive && !given.output)
		usage_error("link", "an archive needs a name: -o FILE");
	else if (given.is_archive && given.binaries.count)
		usage_error("link",
			"'--archive' keeps all facts; give '--binary' where they are linked");
	else if (!read_inputs(&inputs, argc, argv, &err) ||
		 (given.is_archive && !write_archive(&inputs, given.output, &err)))
		error_print(&err, "link");
	else
		status = given.is_archive ? EXIT_CLEAN : link_trace(&inputs, &err);
	inputs_release(&inputs);
	return status;
}

const struct command cmd_link = {
	.name = "link",
	.args = "[options] FACTS... | @FILE",
	.summary = "make a trace of many units' facts: the reduce step of a scan",
	.description =
		"Reads the facts that 'pcarch extract' wrote and writes the trace that 'pcarch "
		"scan' would. The order of the files, and how they are grouped into archives, "
		"does not matter. @FILE names a list of files.",
	.examples =
		"  pcarch link *.facts\n"
		"  pcarch link -r -o lib.facts lib/*.facts && pcarch link lib.facts main.facts\n",
	.options = link_options,
	.run = link_main,
};
