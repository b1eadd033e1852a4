#include "cli/diff_input.h"

#include "core/arena.h"
#include "core/document_json.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "core/static_json.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static const struct location nowhere;

/* The paths by the kinds of what is in them; each in the order given. */
struct operands {
	char **scans, **runs;
	size_t nscans, nruns;
};

enum file_kind {
	FILE_STATIC,
	FILE_DYNAMIC,
	FILE_UNREADABLE,
};

static enum file_kind kind_of(struct arena *arena, const char *path, struct error *err)
{
	const struct json_source source = {.name = path};
	struct document document;

	if (!document_identify(arena, &source, &document, err))
		return FILE_UNREADABLE;
	if (document.kind && strcmp(document.kind, "static") == 0)
		return FILE_STATIC;
	if (document.kind && strcmp(document.kind, "dynamic") == 0)
		return FILE_DYNAMIC;
	if (document.kind)
		error_set_byte(err, path, document.kind_offset,
			"the kind is '%.80s', expected 'static' or 'dynamic': diff compares "
			"what 'pcarch scan' and 'pcarch trace' wrote",
			document.kind);
	else
		error_set(err, (struct location){path, 0, 0},
			"the member 'kind' is missing: diff compares what 'pcarch scan' and "
			"'pcarch trace' wrote");
	return FILE_UNREADABLE;
}

/* What stdin holds cannot be looked at twice. */
static enum file_kind kind_of_stdin(size_t at, size_t npaths)
{
	return at == 0 && npaths > 1 ? FILE_STATIC : FILE_DYNAMIC;
}

static bool sort_out(struct arena *arena, char *const *paths, size_t npaths,
	struct operands *out, struct error *err)
{
	size_t nstdin = 0;

	out->scans = arena_alloc(arena, npaths * sizeof(*out->scans));
	out->runs = arena_alloc(arena, npaths * sizeof(*out->runs));
	for (size_t i = 0; i < npaths; i++) {
		bool is_stdin = strcmp(paths[i], "-") == 0;
		enum file_kind kind = is_stdin ? kind_of_stdin(i, npaths)
					       : kind_of(arena, paths[i], err);

		nstdin += is_stdin;
		if (kind == FILE_UNREADABLE)
			return false;
		if (kind == FILE_STATIC)
			out->scans[out->nscans++] = paths[i];
		else
			out->runs[out->nruns++] = paths[i];
	}
	return nstdin < 2 || error_set(err, nowhere,
				     "standard input ('-') can be one of the files only");
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return strcmp(path, "-") == 0 ? "standard input" : slash ? slash + 1 : path;
}

static int by_text(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* In an order that is not the one given: the result does not depend on that. */
static const char *base_names(struct arena *arena, char *const *paths, size_t npaths)
{
	const char **names = arena_alloc(arena, npaths * sizeof(*names));
	scoped_text text = {0};

	for (size_t i = 0; i < npaths; i++)
		names[i] = base_name(paths[i]);
	qsort(names, npaths, sizeof(*names), by_text);
	for (size_t i = 0; i < npaths; i++)
		text_printf(&text, "%s%s", i ? ", " : "", names[i]);
	return arena_strdup(arena, text_string(&text));
}

static bool check_shared(const struct diff_input *input, char *const *paths,
	struct error *err)
{
	return input->changes.nshared ||
	       error_set(err, (struct location){paths[1], 0, 0},
		       "it has no function in common with '%s': the two are of different "
		       "programs",
		       base_name(paths[0]));
}

static bool read_scans(struct arena *arena, char *const *paths, struct diff_input *out,
	struct error *err)
{
	if (!static_json_read(arena, paths[0], &out->scan, err) ||
		!static_json_read(arena, paths[1], &out->new_scan, err))
		return false;
	changes_of_static(arena, &out->scan, &out->new_scan, &out->changes);
	return check_shared(out, paths, err);
}

static bool read_runs(struct arena *arena, char *const *paths, struct diff_input *out,
	struct error *err)
{
	if (!comparison_read(arena, &paths[0], 1, &out->run, err) ||
		!comparison_read(arena, &paths[1], 1, &out->new_run, err))
		return false;
	changes_of_dynamic(arena, &out->run, &out->new_run, &out->changes);
	return check_shared(out, paths, err);
}

static bool read_both(struct arena *arena, const struct operands *operands,
	struct diff_input *out, struct error *err)
{
	if (!static_json_read(arena, operands->scans[0], &out->scan, err) ||
		!comparison_read(arena, operands->runs, operands->nruns, &out->run, err))
		return false;
	program_init(&out->program, arena, &out->scan);
	out->is_comparison = true;
	if (comparison_make(arena, &out->program, &out->run, &out->comparison, err))
		return true;
	if (!err->at.file)
		err->at.file = operands->runs[0];
	return false;
}

static bool refuse(const struct operands *operands, struct error *err)
{
	if (operands->nscans > 1)
		return error_set(err, (struct location){operands->scans[1], 0, 0},
			"it is a second static.json beside recordings: compare each with them "
			"in turn");
	if (operands->nscans)
		return error_set(err, (struct location){operands->scans[0], 0, 0},
			"there is nothing to compare it with: give a recording ('pcarch trace' "
			"makes one) or another static.json");
	if (operands->nruns == 1)
		return error_set(err, (struct location){operands->runs[0], 0, 0},
			"there is nothing to compare it with: give static.json ('pcarch scan' "
			"makes one) or another recording");
	return error_set(err, (struct location){operands->runs[2], 0, 0},
		"it is a third recording, and there is no static.json: give one, or join "
		"recordings with 'pcarch merge'");
}

bool diff_input_read(struct arena *arena, char *const *paths, size_t npaths,
	struct diff_input *out, struct error *err)
{
	struct operands operands = {0};

	*out = (struct diff_input){0};
	if (!sort_out(arena, paths, npaths, &operands, err))
		return false;
	if (operands.nscans == 1 && operands.nruns) {
		out->before = base_name(operands.scans[0]);
		out->after = base_names(arena, operands.runs, operands.nruns);
		return read_both(arena, &operands, out, err);
	}
	out->before = npaths ? base_name(paths[0]) : "";
	out->after = npaths > 1 ? base_name(paths[1]) : "";
	if (operands.nscans == 2 && !operands.nruns)
		return read_scans(arena, operands.scans, out, err);
	if (operands.nruns == 2 && !operands.nscans)
		return read_runs(arena, operands.runs, out, err);
	return refuse(&operands, err);
}
