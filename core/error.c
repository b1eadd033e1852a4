#include "core/error.h"

#include "core/terminal_text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#undef error_set
#undef error_set_byte
#undef error_set_errno

static void set_place(struct error *err, struct location at)
{
	err->at = at;
	if (!at.file)
		return;
	snprintf(err->file, sizeof(err->file), "%s", at.file);
	err->at.file = err->file;
}

bool error_set(struct error *err, struct location at, const char *fmt, ...)
{
	va_list args;

	set_place(err, at);
	va_start(args, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, args);
	va_end(args);
	return false;
}

bool error_set_byte(struct error *err, const char *file, uint64_t offset, const char *fmt,
	...)
{
	va_list args;
	int n;

	set_place(err, (struct location){file, 0, 0});
	n = snprintf(err->text, sizeof(err->text), "byte %" PRIu64 ": ", offset);
	va_start(args, fmt);
	vsnprintf(err->text + n, sizeof(err->text) - (size_t)n, fmt, args);
	va_end(args);
	return false;
}

bool error_set_errno(struct error *err, const char *verb, const char *file,
	const char *hint)
{
	int saved = errno;

	return error_set(err, (struct location){0}, "cannot %s '%s': %s%s%s", verb, file,
		strerror(saved), hint ? "; " : "", hint ? hint : "");
}

void error_print(const struct error *err, const char *command)
{
	if (!err->at.file)
		fprintf(stderr, "pcarch %s", command);
	else
		terminal_print(stderr, err->at.file);
	if (err->at.file && err->at.line)
		fprintf(stderr, ":%u", err->at.line);
	if (err->at.file && err->at.line && err->at.col)
		fprintf(stderr, ":%u", err->at.col);
	fputs(": error: ", stderr);
	terminal_print(stderr, err->text);
	fputc('\n', stderr);
}
