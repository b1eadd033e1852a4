#include "cli/diff_formats.h"

#include "cli/command.h"
#include "cli/diff_text.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/suggest.h"
#include "core/text.h"
#include "diff/report/report.h"

#include <stdlib.h>
#include <string.h>

static const struct location nowhere;

const char *const diff_format_names[] = {"text", "json", "html", "sarif", "markdown",
	"github", "gitlab", "junit", "dot", "mermaid", NULL};

/* In their order. Text is not among what diff/ writes: it has colours. */
static report_writer *const writers[] = {NULL, report_json, report_html, report_sarif,
	report_markdown, report_github, report_gitlab, report_junit, report_dot,
	report_mermaid};

_Static_assert(sizeof(writers) / sizeof(*writers) + 1 ==
		       sizeof(diff_format_names) / sizeof(*diff_format_names),
	"each format has a writer");

static bool find_format(const char *given, size_t len, size_t *out, struct error *err)
{
	struct suggestion suggestion = {0};
	scoped_text word = {0}, known = {0};

	text_add_bytes(&word, given, len);
	suggestion.word = text_string(&word);
	if (strcmp(suggestion.word, "md") == 0)
		suggestion.word = "markdown";
	for (size_t i = 0; diff_format_names[i]; i++) {
		if (strcmp(diff_format_names[i], suggestion.word) == 0) {
			*out = i;
			return true;
		}
		suggestion_offer(&suggestion, diff_format_names[i]);
		text_printf(&known, "%s%s", i ? ", " : "", diff_format_names[i]);
	}
	if (suggestion.nearest)
		return error_set(err, nowhere,
			"option '--format' knows no '%s'; did you mean '%s'?",
			suggestion.word, suggestion.nearest);
	return error_set(err, nowhere, "option '--format' takes %s, not '%s'",
		text_string(&known), suggestion.word);
}

static bool parse_one(const char *given, const char *output, struct diff_output *out,
	struct error *err)
{
	size_t len = strcspn(given, "=");

	if (!find_format(given, len, &out->format, err))
		return false;
	if (given[len] && !given[len + 1])
		return error_set(err, nowhere,
			"option '--format=%s' names no file: leave the '=' out for standard "
			"output",
			given);
	out->path = given[len] ? given + len + 1 : output ? output : "-";
	return true;
}

static bool check_places(const struct diff_outputs *outputs, struct error *err)
{
	for (size_t i = 0; i < outputs->count; i++)
		for (size_t k = 0; k < i; k++) {
			const struct diff_output *a = &outputs->items[k];
			const struct diff_output *b = &outputs->items[i];

			if (strcmp(a->path, b->path) == 0)
				return error_set(err, nowhere,
					"formats '%s' and '%s' would both go to %s: name a file, "
					"as --format %s=FILE",
					diff_format_names[a->format],
					diff_format_names[b->format],
					strcmp(a->path, "-") == 0 ? "standard output"
								  : a->path,
					diff_format_names[b->format]);
		}
	return true;
}

bool diff_outputs_parse(struct arena *arena, const struct option_values *wanted,
	const char *output, struct diff_outputs *out, struct error *err)
{
	struct diff_outputs outputs = {.count = wanted->count ? wanted->count : 1};
	bool has_default = false;

	outputs.items = arena_alloc(arena, outputs.count * sizeof(*outputs.items));
	outputs.items[0].path = output ? output : "-";
	for (size_t i = 0; i < wanted->count; i++)
		if (!parse_one(wanted->items[i], output, &outputs.items[i], err))
			return false;
	if (!check_places(&outputs, err))
		return false;
	for (size_t i = 0; i < outputs.count; i++) {
		outputs.on_stdout |= strcmp(outputs.items[i].path, "-") == 0;
		has_default |= output && outputs.items[i].path == output;
	}
	if (output && !has_default)
		return error_set(err, nowhere,
			"option '--output' says where a format without a file goes, and each "
			"'--format' has one");
	*out = outputs;
	return true;
}

/* Files being written, which all go when one of them fails. */
struct open_outputs {
	struct file_out *items; /* heap */
	size_t count;
};

static void abandon_all(struct open_outputs *open)
{
	for (size_t i = 0; i < open->count; i++)
		file_abandon(&open->items[i]);
	free(open->items);
}

#define scoped_outputs __attribute__((cleanup(abandon_all))) struct open_outputs

static bool write_one(const struct diff_output *output, const struct report *report,
	bool all, FILE *stream)
{
	report_writer *write = writers[output->format];

	if (write)
		return write(report, stream);
	diff_text_print(report, all, stream);
	return !ferror(stream);
}

static bool write_those(const struct diff_outputs *outputs, struct open_outputs *open,
	const struct report *report, bool all, struct error *err)
{
	/* Standard output last: what is printed cannot be taken back. */
	for (int is_stdout = 0; is_stdout < 2; is_stdout++)
		for (size_t i = 0; i < outputs->count; i++) {
			struct file_out *out = &open->items[i];

			if ((out->stream == stdout) == is_stdout &&
				!write_one(&outputs->items[i], report, all,
					out->stream) &&
				!file_write_failed(out, err))
				return false;
		}
	return true;
}

bool diff_outputs_write(const struct diff_outputs *outputs, const struct report *report,
	bool all, struct error *err)
{
	scoped_outputs open = {xmalloc(outputs->count * sizeof(*open.items)), 0};

	for (; open.count < outputs->count; open.count++)
		if (!file_create(&open.items[open.count], outputs->items[open.count].path,
			    err))
			return false;
	if (!write_those(outputs, &open, report, all, err))
		return false;
	for (size_t i = 0; i < open.count; i++) /* a full disk shows here */
		if (fflush(open.items[i].stream) != 0 &&
			!file_write_failed(&open.items[i], err))
			return false;
	for (size_t i = 0; i < open.count; i++)
		if (!file_commit(&open.items[i], err))
			return false;
	return true;
}
