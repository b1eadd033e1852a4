#include "tracer/runtime/say.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* One write, so that lines of processes do not mix; no stream: the program may use them.
 */
void say(const char *fmt, ...)
{
	char line[1024];
	int saved = errno, len, more;
	va_list args;

	len = snprintf(line, 256, "pcarch: %.200s: ",
		program_invocation_short_name ? program_invocation_short_name : "?");
	va_start(args, fmt);
	// NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): it is, a line above
	more = vsnprintf(line + len, sizeof(line) - (size_t)len - 1, fmt, args);
	va_end(args);
	len += more;
	if (len > (int)sizeof(line) - 2)
		len = sizeof(line) - 2;
	line[len++] = '\n';
	if (write(STDERR_FILENO, line, (size_t)len) < 0)
		errno = saved;
	errno = saved;
}
