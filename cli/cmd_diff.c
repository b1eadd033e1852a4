#include "cli/command.h"

#include "cli/diff_formats.h"
#include "cli/diff_gate.h"
#include "cli/diff_input.h"
#include "cli/diff_report.h"
#include "cli/diff_text.h"
#include "core/arena.h"
#include "core/baseline_json.h"
#include "core/error.h"
#include "diff/compare/learn.h"
#include "diff/report/known_findings.h"
#include "diff/report/recording_findings.h"
#include "diff/report/report.h"

#include <stdio.h>
#include <string.h>

extern const struct command cmd_diff;

static struct {
	struct option_values formats, fail_on, limits;
	const char *output, *root, *baseline, *new_baseline, *learned;
	bool is_all, allows_partial, is_quiet;
} given;

static const struct option *diff_options(void)
{
	static const struct option options[] = {
		{0, "format", OPTION_STRINGS, &given.formats, "FORMAT[=FILE]",
			"text (the default), json, html, sarif, markdown, github, gitlab, junit, dot or mermaid; may be repeated",
			diff_format_names, 0, 0},
		{'o', "output", OPTION_FILE, &given.output, "FILE",
			"where a format without a file goes (default: stdout)", NULL, 0,
			0},
		{0, "all", OPTION_FLAG, &given.is_all, NULL,
			"list everything: notes, known and suppressed findings, all modules",
			NULL, 0, 0},
		{0, "fail-on", OPTION_STRINGS, &given.fail_on, "WHAT,...",
			"exit with 1 on these findings (default: runtime-only)",
			diff_gate_words, 0, 0},
		{0, "min-coverage", OPTION_STRINGS, &given.limits, "[MODULE=]PCT",
			"exit with 1 when less of the module, or of all, ran", NULL, 0,
			0},
		{0, "baseline", OPTION_FILE, &given.baseline, "FILE",
			"findings in it are known, and fail nothing", NULL, 0, 0},
		{0, "write-baseline", OPTION_FILE, &given.new_baseline, "FILE",
			"write the findings as a baseline, and accept them", NULL, 0, 0},
		{0, "learn", OPTION_FILE, &given.learned, "FILE",
			"write rules that teach the next scan what ran", NULL, 0, 0},
		{0, "root", OPTION_DIR, &given.root, "DIR",
			"where the sources and .pcarch.json are (default: here)", NULL, 0,
			0},
		{0, "allow-partial", OPTION_FLAG, &given.allows_partial, NULL,
			"exit with 0, not 3, when recordings lost calls", NULL, 0, 0},
		{'q', "quiet", OPTION_FLAG, &given.is_quiet, NULL, "no summary on stderr",
			NULL, 0, 0},
		{0},
	};

	return options;
}

/* What the command line asks for, checked before anything is read. */
struct request {
	struct diff_gate gate;
	struct diff_outputs outputs;
};

static bool parse_request(struct arena *arena, struct request *out, struct error *err)
{
	return diff_gate_parse(&given.fail_on, &out->gate, err) &&
	       diff_gate_check_limits(&given.limits, err) &&
	       diff_outputs_parse(arena, &given.formats, given.output, &out->outputs,
		       err);
}

/* What was seen was seen: a finding that fails the check goes before what was lost. */
static int exit_code(const struct request *request, const struct diff_input *input,
	const struct report *report)
{
	bool is_accepted = given.new_baseline != NULL;
	bool has_losses = recording_has_losses(&input->run) ||
			  recording_has_losses(&input->new_run);

	if (diff_gate_count(&request->gate, report, is_accepted))
		return EXIT_FINDINGS;
	return has_losses && !given.allows_partial ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

static bool save_baseline(struct arena *arena, const struct report *report,
	struct error *err)
{
	struct baseline baseline;

	known_findings_list(arena, &report->findings, &baseline);
	if (!baseline_json_save(&baseline, given.new_baseline, err))
		return false;
	if (!given.is_quiet)
		fprintf(stderr, "wrote %s: %zu finding%s\n", given.new_baseline,
			baseline.count, baseline.count == 1 ? "" : "s");
	return true;
}

static bool learn(const struct diff_input *input, struct error *err)
{
	size_t ncalls;

	if (!learn_write(&input->comparison, given.learned, &ncalls, err))
		return false;
	if (!given.is_quiet && strcmp(given.learned, "-") != 0)
		fprintf(stderr, "wrote %s: %zu call%s; next: 'pcarch scan --rules %s'\n",
			given.learned, ncalls, ncalls == 1 ? "" : "s", given.learned);
	return true;
}

/* What --learn and --write-baseline ask for, once the report stands. */
static bool save(struct arena *arena, const struct diff_input *input,
	const struct report *report, struct error *err)
{
	if (given.learned && !learn(input, err))
		return false;
	return !given.new_baseline || save_baseline(arena, report, err);
}

static bool check_learn(const struct request *request, const struct diff_input *input,
	struct error *err)
{
	if (given.learned && !input->is_comparison)
		return error_set(err, (struct location){0},
			"option '--learn' needs static.json and a recording: two files of "
			"one kind teach nothing");
	if (given.learned && strcmp(given.learned, "-") == 0 &&
		request->outputs.on_stdout)
		return error_set(err, (struct location){0},
			"option '--learn -' and a format would both go to standard output: "
			"name a file for one of them");
	return true;
}

static bool diff(struct arena *arena, const struct request *request, int argc,
	char **argv, int *code)
{
	const struct diff_report_request wanted = {
		.limits = &given.limits,
		.root = given.root ? given.root : ".",
		.baseline = given.baseline,
	};
	struct diff_input *input = arena_alloc(arena, sizeof(*input));
	struct report report;
	struct error err;

	if (!diff_input_read(arena, argv, (size_t)argc, input, &err) ||
		!check_learn(request, input, &err) ||
		!diff_report_make(arena, input, &wanted, &report, &err) ||
		!diff_outputs_write(&request->outputs, &report, given.is_all, &err) ||
		!save(arena, input, &report, &err)) {
		error_print(&err, "diff");
		return false;
	}
	if (!given.is_quiet && !request->outputs.on_stdout)
		diff_text_summary(&report, stderr);
	*code = exit_code(request, input, &report);
	return true;
}

static int diff_main(int argc, char **argv)
{
	struct arena arena = {0};
	struct request request;
	struct error err;
	int code = options_parse(&cmd_diff, &argc, &argv);

	if (code >= 0)
		return code;
	code = EXIT_USAGE;
	if (argc < 2)
		usage_error("diff", "give two files or more: 'pcarch diff static.json "
				    "dynamic.json'");
	else if (!parse_request(&arena, &request, &err))
		error_print(&err, "diff");
	else if (!diff(&arena, &request, argc, argv, &code))
		code = EXIT_USAGE;
	arena_release(&arena);
	return code;
}

const struct command cmd_diff = {
	.name = "diff",
	.args = "[options] FILE FILE...",
	.summary = "compare a scan with runs, or two scans or runs",
	.description =
		"Of static.json and one or more recordings (dynamic.json): the calls and "
		"functions that appear only at run time, and why the scan does not have "
		"them; what never ran; how much of each module, entry point and command "
		"did.\n\n"
		"Of two static.json or two recordings, the old one first: commands, entry "
		"points, dependencies, functions and calls that came, went or moved, and "
		"call sites that are no longer closed.\n\n"
		"Files say themselves what they are. '-' is stdin.",
	.examples =
		"  pcarch diff static.json dynamic.json\n"
		"  pcarch diff --all main.json branch.json\n"
		"  pcarch diff --format text --format json=diff.json static.json *.run.json\n"
		"  pcarch diff --fail-on bug,new-dependency --min-coverage 'core/*=60' \\\n"
		"      static.json dynamic.json",
	.options = diff_options,
	.run = diff_main,
	.operand = OPERAND_JSON,
};
