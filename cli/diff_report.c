#include "cli/diff_report.h"

#include "cli/command.h"
#include "cli/diff_gate.h"
#include "cli/diff_input.h"
#include "core/arena.h"
#include "core/baseline_json.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "core/rule_file.h"
#include "core/rules_json.h"
#include "diff/report/change_findings.h"
#include "diff/report/comparison_findings.h"
#include "diff/report/finding_list.h"
#include "diff/report/known_findings.h"
#include "diff/report/recording_findings.h"
#include "diff/report/report.h"
#include "diff/report/suppressions.h"

#include <string.h>
#include <unistd.h>

static bool list_findings(const struct diff_input *input,
	const struct diff_report_request *request, struct finding_list *list,
	struct error *err)
{
	if (input->is_comparison) {
		comparison_findings(&input->comparison, list);
		return diff_gate_coverage(request->limits, &input->comparison, list, err);
	}
	if (request->limits->count)
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

/* The files in which functions are, as they are now. */
static const char *const *list_files(struct arena *arena, const struct diff_input *input,
	size_t *count)
{
	const struct function *functions = input->new_scan.functions;
	const char **files;

	*count = input->new_scan.nfunctions;
	if (input->is_comparison || input->changes.is_dynamic) {
		functions = input->is_comparison ? input->scan.functions
						 : input->new_run.functions;
		*count = input->is_comparison ? input->scan.nfunctions
					      : input->new_run.nfunctions;
	}
	files = arena_alloc(arena, *count * sizeof(*files));
	for (size_t i = 0; i < *count; i++)
		files[i] = functions[i].file;
	return files;
}

static bool suppress(struct arena *arena, const struct diff_input *input,
	const char *root, struct finding_list *list, struct error *err)
{
	const char *path = strcmp(root, ".") == 0
				   ? ".pcarch.json"
				   : arena_printf(arena, "%s/.pcarch.json", root);
	const struct json_source source = {.name = path};
	struct rule_file rules;
	struct suppressions_request request = {
		.root = root,
		.rules_name = ".pcarch.json",
		.comparison = input->is_comparison ? &input->comparison : NULL,
	};

	if (access(path, F_OK) == 0) {
		if (!rules_json_read(arena, &source, &rules, err))
			return false;
		request.rules = &rules;
	}
	request.files = list_files(arena, input, &request.nfiles);
	suppressions_apply(&request, list);
	return true;
}

/* What would be found, if it were there. */
static void look_for(const struct diff_input *input, bool looked_for[FINDING_COUNT])
{
	enum finding first = FINDING_NEW_DEPENDENCY, last = FINDING_CERTIFICATE_OPENED;

	if (input->is_comparison) {
		first = FINDING_ANALYSIS_BUG;
		last = FINDING_NEW_DEPENDENCY;
	}
	for (size_t i = first; i <= last; i++)
		looked_for[i] = true;
	looked_for[FINDING_DEAD_FUNCTION] =
		input->is_comparison && input->comparison.is_complete;
}

bool diff_report_make(struct arena *arena, const struct diff_input *input,
	const struct diff_report_request *request, struct report *out, struct error *err)
{
	scoped_findings list = {.arena = arena};
	struct baseline baseline = {0};
	struct report report = {
		.tool_version = PCARCH_VERSION,
		.before = input->before,
		.after = input->after,
		.comparison = input->is_comparison ? &input->comparison : NULL,
		.changes = input->is_comparison ? NULL : &input->changes,
		.has_baseline = request->baseline != NULL,
		.source_root = request->root,
	};

	if (request->baseline &&
		!baseline_json_read(arena, request->baseline, &baseline, err))
		return false;
	if (!list_findings(input, request, &list, err) ||
		!suppress(arena, input, request->root, &list, err))
		return false;
	finding_list_finish(&list, &report.findings);
	if (request->baseline) {
		bool looked_for[FINDING_COUNT] = {false};

		look_for(input, looked_for);
		report.nfixed =
			known_findings_mark(&report.findings, &baseline, looked_for);
	}
	*out = report;
	return true;
}
