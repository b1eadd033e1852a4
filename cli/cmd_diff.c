#include "cli/command.h"

#include "cli/diff_formats.h"
#include "cli/diff_gate.h"
#include "cli/diff_input.h"
#include "cli/diff_text.h"
#include "core/arena.h"
#include "core/error.h"
#include "diff/report/change_findings.h"
#include "diff/report/comparison_findings.h"
#include "diff/report/finding_list.h"
#include "diff/report/recording_findings.h"
#include "diff/report/report.h"

#include <stdio.h>

extern const struct command cmd_diff;

static struct {
	struct option_values formats, fail_on, limits;
	const char *output, *root;
	bool is_all, allows_partial, is_quiet;
} given;

static const struct option *diff_options(void)
{
	static const struct option options[] = {
		{0, "format", OPTION_STRINGS, &given.formats, "FORMAT[=FILE]",
			"text (the default), json, html, sarif, markdown, github, gitlab, junit, dot or mermaid; may be repeated",
			NULL, 0, 0},
		{'o', "output", OPTION_FILE, &given.output, "FILE",
			"where a format without a file goes (default: stdout)", NULL, 0,
			0},
		{0, "all", OPTION_FLAG, &given.is_all, NULL,
			"list everything: notes, known and suppressed findings, all modules",
			NULL, 0, 0},
		{0, "fail-on", OPTION_STRINGS, &given.fail_on, "WHAT,...",
			"exit with 1 on these findings (default: runtime-only)", NULL, 0,
			0},
		{0, "min-coverage", OPTION_STRINGS, &given.limits, "[MODULE=]PCT",
			"exit with 1 when less of the module, or of all, ran", NULL, 0,
			0},
		{0, "root", OPTION_DIR, &given.root, "DIR",
			"where the sources are (default: here)", NULL, 0, 0},
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

static bool list_findings(const struct diff_input *input, struct finding_list *list,
	struct error *err)
{
	if (input->is_comparison) {
		comparison_findings(&input->comparison, list);
		return diff_gate_coverage(&given.limits, &input->comparison, list, err);
	}
	if (given.limits.count)
		return error_set(err, (struct location){0},
			"option '--min-coverage' needs static.json and a recording: two files "
			"of one kind show no coverage");
	change_findings(&input->changes, list);
	if (input->changes.is_dynamic) {
		recording_findings(&input->run, input->before, list);
		recording_findings(&input->new_run, input->after, list);
	}
	return true;
}

static bool make_report(struct arena *arena, const struct diff_input *input,
	struct report *out, struct error *err)
{
	scoped_findings list = {.arena = arena};

	if (!list_findings(input, &list, err))
		return false;
	*out = (struct report){
		.tool_version = PCARCH_VERSION,
		.before = input->before,
		.after = input->after,
		.comparison = input->is_comparison ? &input->comparison : NULL,
		.changes = input->is_comparison ? NULL : &input->changes,
		.source_root = given.root ? given.root : ".",
	};
	finding_list_finish(&list, &out->findings);
	return true;
}

/* What was seen was seen: a finding that fails the check goes before what was lost. */
static int exit_code(const struct request *request, const struct diff_input *input,
	const struct report *report)
{
	bool has_losses = recording_has_losses(&input->run) ||
			  recording_has_losses(&input->new_run);

	if (diff_gate_count(&request->gate, report))
		return EXIT_FINDINGS;
	return has_losses && !given.allows_partial ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

static bool diff(struct arena *arena, const struct request *request, int argc,
	char **argv, int *code)
{
	struct diff_input *input = arena_alloc(arena, sizeof(*input));
	struct report report;
	struct error err;

	if (!diff_input_read(arena, argv, (size_t)argc, input, &err) ||
		!make_report(arena, input, &report, &err) ||
		!diff_outputs_write(&request->outputs, &report, given.is_all, &err)) {
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
