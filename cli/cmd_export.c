#include "cli/command.h"

#include "cli/export_spans.h"
#include "cli/known_name.h"
#include "cli/static_file.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/program.h"
#include "core/static_json.h"
#include "core/terminal_text.h"
#include "core/text.h"
#include "core/trace.h"
#include "diff/dot.h"
#include "diff/graph.h"
#include "diff/graphml.h"
#include "diff/mermaid.h"
#include "diff/metacg.h"

#include <stdlib.h>
#include <string.h>

extern const struct command cmd_export;

static const char *const format_names[] = {"dot", "graphml", "mermaid", "metacg",
	"metacg4", "otlp", "chrome", "folded", NULL};

/* What is drawn has limits that a person, or the one who draws, can bear. */
static const struct format {
	bool (*write)(const struct graph *graph, FILE *out);
	size_t max_nodes, max_edges;
} formats[] = {
	{dot_write, 200, 1000},
	{graphml_write, SIZE_MAX, SIZE_MAX},
	{mermaid_write, 100, MERMAID_MAX_EDGES},
	{metacg_write, SIZE_MAX, SIZE_MAX},
	{metacg4_write, SIZE_MAX, SIZE_MAX},
};

static struct {
	const char *format, *output, *least;
	struct option_values from, to, modules;
	unsigned depth, max_nodes;
	bool only_defined;
} given = {.format = "dot", .depth = GRAPH_ANY_DEPTH, .max_nodes = UINT32_MAX};

static const struct option *export_options(void)
{
	static const struct option options[] = {
		{0, "format", OPTION_CHOICE, &given.format, "FORMAT",
			"what is written (default: dot)", format_names, 0, 0},
		{0, "from", OPTION_FUNCTIONS, &given.from, "FN",
			"what this function reaches; may be repeated", NULL, 0, 0},
		{0, "to", OPTION_FUNCTIONS, &given.to, "FN",
			"what reaches this function; may be repeated", NULL, 0, 0},
		{0, "module", OPTION_MODULES, &given.modules, "MODULE",
			"only functions of this module; may be repeated", NULL, 0, 0},
		{0, "depth", OPTION_NUMBER, &given.depth, "N",
			"at most N calls away (default: however far)", NULL, 0,
			UINT32_MAX - 1},
		{0, "defined", OPTION_FLAG, &given.only_defined, NULL,
			"without functions of libraries", NULL, 0, 0},
		{0, "min-confidence", OPTION_STRING, &given.least, "X",
			"without the calls that are less sure, 0 to 1", NULL, 0, 0},
		{0, "max-nodes", OPTION_NUMBER, &given.max_nodes, "N",
			"at most N functions, the nearest; 0: all (default: dot 200, mermaid 100)",
			NULL, 0, UINT32_MAX - 1},
		{'o', "output", OPTION_FILE, &given.output, "FILE",
			"where it goes (default: stdout)", NULL, 0, 0},
		{0},
	};

	return options;
}

/* Digits, a point, digits; no more than 1. */
static bool read_ratio(const char *string, double *out)
{
	size_t whole = strspn(string, "0123456789");
	size_t point = string[whole] == '.';
	size_t rest = strspn(string + whole + point, "0123456789");

	if (string[whole + point + rest] || whole + rest == 0)
		return false;
	*out = strtod(string, NULL);
	return *out <= 1;
}

static bool find_all(const struct known_names *names, const struct option_values *values,
	bool (*find)(const struct known_names *, const char *, uint32_t *),
	struct index_list *out)
{
	uint32_t *items = arena_alloc(names->arena, values->count * sizeof(*items));

	for (size_t i = 0; i < values->count; i++)
		if (!find(names, values->items[i], &items[i]))
			return false;
	*out = (struct index_list){items, values->count};
	return true;
}

static bool make_choice(const struct known_names *names, const struct format *format,
	struct graph_choice *out)
{
	bool has_limit = given.max_nodes != UINT32_MAX;

	out->only_defined = given.only_defined;
	out->depth = given.depth;
	out->max_nodes = !has_limit        ? format->max_nodes
			 : given.max_nodes ? given.max_nodes
					   : SIZE_MAX;
	out->max_edges = has_limit ? SIZE_MAX : format->max_edges;
	return find_all(names, &given.from, known_function, &out->from) &&
	       find_all(names, &given.to, known_function, &out->to) &&
	       find_all(names, &given.modules, known_module, &out->modules);
}

static int say_empty(void)
{
	const char *module = given.modules.count ? given.modules.items[0] : NULL;
	const char *from = given.from.count ? given.from.items[0] : NULL;
	const char *to = given.to.count ? given.to.items[0] : NULL;
	scoped_text line = {0};

	text_add(&line, "nothing is written: ");
	if (from && to && !module)
		text_printf(&line, "no known calls lead from '%s' to '%s'", from, to);
	else if (from && to)
		text_printf(&line, "no known calls lead from '%s' to '%s' through '%s'",
			from, to, module);
	else if (from)
		text_printf(&line, "'%s' reaches no function of '%s'", from, module);
	else if (to)
		text_printf(&line, "no function of '%s' reaches '%s'", module, to);
	else
		text_add(&line, "the program has no functions");
	if ((from || to) && given.depth != GRAPH_ANY_DEPTH)
		text_printf(&line, " in at most %u call%s", given.depth,
			given.depth == 1 ? "" : "s");
	fputs("pcarch export: ", stderr);
	terminal_print(stderr, text_string(&line));
	fputc('\n', stderr);
	return EXIT_FINDINGS;
}

static void say_left_out(const struct graph *graph)
{
	scoped_text note = {0};

	if (graph_is_cut(graph, &note))
		fprintf(stderr, "pcarch export: %s; --max-nodes=0 writes all\n",
			text_string(&note));
	if (strcmp(given.format, "mermaid") == 0 && graph->nedges > MERMAID_MAX_EDGES)
		fprintf(stderr,
			"pcarch export: Mermaid draws %zu edges only where its "
			"'maxEdges' is set higher than %d\n",
			graph->nedges, MERMAID_MAX_EDGES);
}

static bool save(const struct graph *graph, const struct format *format,
	struct error *err)
{
	scoped_out out = {0};

	if (!file_create(&out, given.output ? given.output : "-", err))
		return false;
	if (!format->write(graph, out.stream))
		return file_write_failed(&out, err);
	return file_commit(&out, err);
}

static int write_graph(const struct graph *graph, const struct format *format)
{
	struct error err;

	if (!save(graph, format, &err)) {
		error_print(&err, "export");
		return EXIT_USAGE;
	}
	say_left_out(graph);
	return EXIT_CLEAN;
}

static const struct format *find_format(void)
{
	size_t i = 0;

	while (strcmp(format_names[i], given.format) != 0)
		i++;
	return &formats[i];
}

static int export_program(struct arena *arena, const char *file,
	const struct static_trace *trace)
{
	const struct format *format = find_format();
	struct program whole;
	struct known_names names = {"export", file, &whole, arena};
	struct graph_choice choice;
	struct graph graph;

	program_init(&whole, arena, trace);
	if (!make_choice(&names, format, &choice))
		return EXIT_USAGE;
	graph = graph_select(&whole, arena, &choice);
	return graph.nnodes ? write_graph(&graph, format) : say_empty();
}

static int read_and_export(struct arena *arena, const char *file, double least)
{
	struct static_trace trace;
	struct error err;

	if (!file)
		file = static_file_find(arena, "'pcarch export FILE'", &err);
	if (!file || !static_json_read(arena, file, &trace, &err)) {
		error_print(&err, "export");
		return EXIT_USAGE;
	}
	if (least > 0)
		trace = graph_sure_calls(arena, &trace, least);
	if (strcmp(file, "-") == 0)
		file = "standard input";
	return export_program(arena, file, &trace);
}

/* Of spans, all are written. */
static int write_spans(struct arena *arena, const char *file)
{
	if (given.from.count || given.to.count || given.modules.count ||
		given.only_defined || given.least || given.depth != GRAPH_ANY_DEPTH ||
		given.max_nodes != UINT32_MAX)
		return usage_error("export",
			"format '%s' writes all spans of a trace: what chooses functions is for "
			"call graphs",
			given.format);
	return export_spans(arena, given.format, file, given.output ? given.output : "-");
}

static int export_main(int argc, char **argv)
{
	struct arena arena = {0};
	double least = 0;
	int code = options_parse(&cmd_export, &argc, &argv);

	if (code >= 0)
		return code;
	if (argc > 1)
		return usage_error("export", "one file at a time, not also '%s'",
			argv[1]);
	if (given.least && !read_ratio(given.least, &least))
		return usage_error("export",
			"option '--min-confidence' takes a number from 0 to 1, not '%s'",
			given.least);
	if (given.depth != GRAPH_ANY_DEPTH && !given.from.count && !given.to.count &&
		!given.modules.count)
		return usage_error("export",
			"'--depth' needs something to count from: --from, --to or --module");
	if (export_spans_knows(given.format))
		code = write_spans(&arena, argc ? argv[0] : NULL);
	else
		code = read_and_export(&arena, argc ? argv[0] : NULL, least);
	arena_release(&arena);
	return code;
}

const struct command cmd_export = {
	.name = "export",
	.args = "[options] [FILE]",
	.summary = "write a call graph, or a part of it, for other tools",
	.description =
		"Reads FILE, as 'pcarch scan' wrote it ('-' is stdin; default: static.json, "
		"here or above), and writes its call graph: dot for Graphviz, graphml for "
		"yEd, Gephi or networkx, mermaid for Markdown, metacg (version 2) and metacg4 "
		"for MetaCG's tools. Functions and modules are named as in 'pcarch show'.\n\n"
		"With --from and --to, what lies on calls between them; with --depth, on "
		"ways of at most that many calls. With --module, only that module's "
		"functions, and with --depth what is so near to them. What a limit leaves "
		"out is said in the file and on stderr.\n\n"
		"Of what 'pcarch trace' wrote (default: dynamic.json), the spans: otlp for "
		"OpenTelemetry, chrome for Perfetto and speedscope, folded for flame graphs.",
	.examples =
		"  pcarch export --from main --depth 3 | dot -Tsvg -o main.svg\n"
		"  pcarch export --from main --to die --format mermaid\n"
		"  pcarch export --module server --depth 1 -o server.dot\n"
		"  pcarch export --format graphml --min-confidence 0.5 -o calls.graphml\n"
		"  pcarch export --format folded dynamic.json | flamegraph.pl >calls.svg",
	.options = export_options,
	.run = export_main,
	.operand = OPERAND_JSON,
};
