/*
 * The functions' own lines, from the tree as it is now. What is wanted most comes first,
 * until the page is as large as it may be: functions of findings, then what ran.
 */
#include "diff/html/html_page.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_BYTES = 24 * 1024, /* of one function */
	NRANKS = 3
};

struct sources {
	struct html_page *page;
	char root[PATH_MAX]; /* without symlinks */
	const char *file; /* the one that `map` is of; NULL: none */
	struct file_map map;
	const char *at; /* where its line `line` begins, the last one that was sought */
	unsigned line;
	const uint32_t *rank; /* function -> when its turn is */
	size_t budget;
	bool needs_comma;
};

static const uint32_t *rank_functions(const struct html_page *page)
{
	const struct comparison *seen = page->seen;
	size_t n = page->scan->nfunctions;
	uint32_t *ranks = arena_alloc(page->arena, n * sizeof(*ranks));

	for (size_t i = 0; i < n; i++)
		ranks[i] = seen->ran[i] ? 1 : 2;
	for (size_t i = 0; i < seen->ncalls; i++) {
		if (seen->calls[i].caller != TRACE_NONE)
			ranks[seen->calls[i].caller] = 0;
		if (seen->calls[i].callee != TRACE_NONE)
			ranks[seen->calls[i].callee] = 0;
	}
	for (size_t i = 0; i < seen->nrevived; i++)
		ranks[seen->revived[i]] = 0;
	return ranks;
}

static void close_file(struct sources *sources)
{
	if (sources->file)
		file_unmap(&sources->map);
	sources->file = NULL;
}

/* A stranger's static.json names it, so it has to lie in the tree: not behind a symlink.
 */
static bool open_file(struct sources *sources, const char *file)
{
	char path[PATH_MAX], real[PATH_MAX];
	size_t len = strlen(sources->root);
	struct error ignored;

	if (sources->file && strcmp(sources->file, file) == 0)
		return sources->map.size > 0;
	close_file(sources);
	sources->map = (struct file_map){"", 0};
	sources->at = NULL;
	if (!*file || *file == '/' || *file == '<')
		return false;
	if (snprintf(path, sizeof(path), "%s/%s", sources->root, file) >=
			(int)sizeof(path) ||
		!realpath(path, real) || strncmp(real, sources->root, len) != 0 ||
		(len > 1 && real[len] != '/') || !file_map(real, &sources->map, &ignored))
		return false;
	sources->file = file;
	return sources->map.size > 0;
}

/* Where a line begins; NULL: the file is shorter. Functions of a file mostly come in
 * order.
 */
static const char *seek_line(struct sources *sources, unsigned line)
{
	const char *end = sources->map.bytes + sources->map.size;

	if (!sources->at || line < sources->line) {
		sources->at = sources->map.bytes;
		sources->line = 1;
	}
	while (sources->line < line && sources->at < end) {
		const char *next = memchr(sources->at, '\n', (size_t)(end - sources->at));

		sources->at = next ? next + 1 : end;
		sources->line++;
	}
	return sources->at < end ? sources->at : NULL;
}

/* From line `first` (from 1) to the end of line `last`; NULL: the file is shorter. */
static const char *find_lines(struct sources *sources, unsigned first, unsigned last,
	size_t *len)
{
	const char *start = seek_line(sources, first);
	const char *begin = start ? seek_line(sources, last) : NULL, *end;

	if (!begin)
		return NULL;
	end = memchr(begin, '\n',
		(size_t)(sources->map.bytes + sources->map.size - begin));
	if (!end)
		end = sources->map.bytes + sources->map.size;
	*len = (size_t)(end - start);
	return start;
}

/* The name is not there when the source was edited after the scan, or a macro made it. */
static bool has_name(const char *text, size_t len, const char *name)
{
	return memmem(text, len, name, strlen(name)) != NULL;
}

static void write_function(struct sources *sources, uint32_t index)
{
	const struct function *fn = &sources->page->scan->functions[index];
	struct markup *out = &sources->page->out;
	const char *text;
	size_t len;

	if (!fn->line || fn->end_line < fn->line || fn->type > FUNCTION_PRIVATE ||
		!open_file(sources, fn->file))
		return;
	text = find_lines(sources, fn->line, fn->end_line, &len);
	if (!text || !has_name(text, len, fn->name))
		return;
	if (len > MAX_BYTES)
		len = MAX_BYTES;
	if (out->nbytes + len > sources->budget) /* what is smaller may still fit */
		return;
	markup_format(out, "%s\"%u\":", sources->needs_comma ? ",\n" : "", index);
	markup_json_bytes(out, text, len);
	sources->needs_comma = true;
}

void html_sources(struct html_page *page, size_t budget)
{
	struct sources sources = {.page = page, .budget = budget};

	if (!page->report->source_root ||
		!realpath(page->report->source_root, sources.root))
		return;
	sources.rank = rank_functions(page);
	markup_add(&page->out, "<script type=\"application/json\" id=\"sources\">{");
	for (uint32_t rank = 0; rank < NRANKS; rank++)
		for (uint32_t i = 0; i < page->scan->nfunctions; i++)
			if (sources.rank[i] == rank)
				write_function(&sources, i);
	close_file(&sources);
	markup_add(&page->out, "}</script>\n");
}
