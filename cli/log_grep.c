/* The question `grep`: lines of any text that hold a GUID, as programs spell it. */
#include "cli/log.h"

#include "cli/log_files.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/json_writer.h"
#include "core/log_lines.h"
#include "core/terminal_text.h"
#include "core/text.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

enum {
	NONCE_DIGITS = 32,
	SPELLINGS = 3
};

struct grep {
	char spellings[SPELLINGS][LOG_ID_SIZE]; /* lower case, upper case, as a UUID */
	struct log_print print; /* counts rows */
};

/* The half that all events of an execution share; the dashes stand behind 8, 4, 4, 4. */
static void spell(struct grep *grep, const char *id)
{
	char *uuid = grep->spellings[2];
	size_t len = strlen(id);

	if (len > NONCE_DIGITS)
		len = NONCE_DIGITS;
	for (size_t i = 0; i < len; i++) {
		grep->spellings[0][i] = id[i];
		grep->spellings[1][i] = (char)toupper((unsigned char)id[i]);
		*uuid++ = id[i];
		if (i + 1 < len && (i == 7 || i == 11 || i == 15 || i == 19))
			*uuid++ = '-';
	}
}

static bool has_guid(const struct grep *grep, const struct log_line *line)
{
	for (size_t i = 0; i < SPELLINGS; i++)
		if (memmem(line->bytes, line->len, grep->spellings[i],
			    strlen(grep->spellings[i])))
			return true;
	return false;
}

/* A line may hold NUL, where a string would end. */
static void add_bytes(struct text *out, const struct log_line *line)
{
	const char *at = line->bytes, *end = at + line->len;

	while (at < end) {
		const char *nul = memchr(at, '\0', (size_t)(end - at));

		text_add_bytes(out, at, (size_t)((nul ? nul : end) - at));
		if (!nul)
			break;
		text_add(out, "\\x00");
		at = nul + 1;
	}
	if (line->is_too_long)
		text_add(out, "...");
}

static void print_line(struct grep *grep, const char *file, const struct log_line *line)
{
	scoped_text text = {0};
	struct json_writer json;

	if (grep->print.nprinted == grep->print.limit) {
		grep->print.nhidden++;
		return;
	}
	grep->print.nprinted++;
	add_bytes(&text, line);
	if (grep->print.format == LOG_FORMAT_TEXT) {
		printf("%s", style_on(stdout, STYLE_PLACE));
		terminal_print(stdout, file);
		printf("%s:%" PRIu64 ": ", style_off(stdout), line->number);
		terminal_print(stdout, text_string(&text));
		putchar('\n');
		return;
	}
	json_open(&json, stdout);
	json_begin_line_object(&json);
	json_member_string(&json, "row", "line");
	json_member_string(&json, "file", file);
	json_member_uint(&json, "line", line->number);
	json_member_string(&json, "text", text_string(&text));
	json_end_object(&json);
	json_close(&json); /* main() asks stdout whether a write failed */
}

static bool grep_file(struct grep *grep, const char *path, struct error *err)
{
	scoped_lines lines = {.buffer = NULL};
	struct log_line line;

	if (!log_lines_open(&lines, path, err))
		return false;
	while (log_lines_next(&lines, &line))
		if (has_guid(grep, &line))
			print_line(grep, lines.name, &line);
	return log_lines_end(&lines, err);
}

int log_grep(const struct log_given *given, char **operands)
{
	struct grep grep = {.print = {.format = log_format_of(given),
				    .limit = log_print_limit(given->limit)}};
	struct arena arena = {0};
	struct log_files files;
	char id[LOG_ID_SIZE];
	struct error err;
	bool ok;

	if (!*operands)
		return usage_error("log",
			"say what to look for: 'pcarch log grep GUID [FILE]...'");
	if (!log_id_of("log", operands[0], id))
		return EXIT_USAGE;
	spell(&grep, id);
	ok = log_files_find(&arena, LOG_FILES_ANY, operands + 1, &files, &err);
	for (size_t i = 0; ok && i < files.count; i++)
		ok = grep_file(&grep, files.paths[i], &err);
	log_print_end(&grep.print);
	if (!ok)
		error_print(&err, "log");
	arena_release(&arena);
	if (!ok)
		return EXIT_USAGE;
	return grep.print.nprinted ? EXIT_CLEAN : EXIT_FINDINGS;
}
