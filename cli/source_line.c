#include "cli/source_line.h"

#include "cli/site_place.h"
#include "cli/terminal.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/terminal_text.h"
#include "core/text.h"

#include <string.h>
#include <sys/stat.h>

enum {
	MAX_BYTES = 400 /* more of a line, as generated code has them, helps nobody */
};

/* Names come from a stranger's file: only what is below the directory is opened. */
static bool is_inside(const char *file)
{
	if (*file == '/' || *file == '<' || !*file)
		return false;
	for (const char *part = file; part; part = strchr(part, '/')) {
		part += *part == '/';
		if (strncmp(part, "..", 2) == 0 && (!part[2] || part[2] == '/'))
			return false;
	}
	return true;
}

/* The bytes of a line, without its end; false when there is none. */
static bool find_line(const struct file_map *map, unsigned line, const char **out,
	size_t *len)
{
	const char *at = map->bytes, *end = at + map->size, *next;

	for (unsigned i = 1; at < end; i++) {
		next = memchr(at, '\n', (size_t)(end - at));
		if (i == line) {
			*out = at;
			*len = (size_t)((next ? next : end) - at);
			return true;
		}
		if (!next)
			break;
		at = next + 1;
	}
	return false;
}

static unsigned width_of(const char *text)
{
	unsigned width = 0;
	size_t len;

	for (; *text; text += len)
		width += terminal_character(text, &len);
	return width;
}

/* Bytes of a source as a terminal shows them; tabs are one column wide here. */
static void add_source(struct text *text, const char *bytes, size_t len)
{
	scoped_text raw = {0};

	for (size_t i = 0; i < len && bytes[i] && bytes[i] != '\r'; i++) {
		if (bytes[i] == '\t')
			text_add_char(&raw, ' ');
		else
			text_add_char(&raw, bytes[i]);
	}
	terminal_escape(text, text_string(&raw));
}

static bool show_line(struct arena *arena, const struct file_map *map,
	const struct site_place *place, struct source_line *out)
{
	size_t len, indent, before = place->column ? place->column - 1 : 0;
	scoped_text text = {0};
	const char *line;

	if (!find_line(map, place->line, &line, &len) || before > len)
		return false;
	for (indent = 0; indent < len; indent++)
		if (line[indent] != ' ' && line[indent] != '\t')
			break;
	if (len > indent + MAX_BYTES)
		len = indent + MAX_BYTES;
	if (before < indent || before >= len)
		before = indent;
	add_source(&text, line + indent, before - indent);
	out->caret = width_of(text_string(&text));
	add_source(&text, line + before, len - before);
	out->text = arena_strdup(arena, text_string(&text));
	return text.len > 0;
}

static bool read_from(struct arena *arena, const char *path,
	const struct site_place *place, struct source_line *out)
{
	scoped_map map = {"", 0};
	struct error ignored;

	return file_map(path, &map, &ignored) && show_line(arena, &map, place, out);
}

static bool is_newer(const char *path, const char *than)
{
	struct stat a, b;

	if (stat(path, &a) < 0 || stat(than, &b) < 0)
		return false;
	return a.st_mtim.tv_sec != b.st_mtim.tv_sec
		       ? a.st_mtim.tv_sec > b.st_mtim.tv_sec
		       : a.st_mtim.tv_nsec > b.st_mtim.tv_nsec;
}

bool source_line_read(struct arena *arena, const char *trace_path,
	const struct site_place *place, struct source_line *out)
{
	const char *slash = strrchr(trace_path, '/');
	const char *beside = arena_printf(arena, "%.*s%s",
		slash ? (int)(slash + 1 - trace_path) : 0, trace_path, place->file);
	struct source_line line = {0};

	if (!is_inside(place->file))
		return false;
	if (!read_from(arena, beside, place, &line)) {
		beside = place->file;
		if (!read_from(arena, beside, place, &line))
			return false;
	}
	line.is_newer = is_newer(beside, trace_path);
	*out = line;
	return true;
}
