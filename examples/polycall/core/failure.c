#include "core/failure.h"

#include <stdarg.h>
#include <stdio.h>

bool failure_set(struct failure *why, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(why->text, sizeof(why->text), fmt, args);
	va_end(args);
	return false;
}
