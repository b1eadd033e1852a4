#include "cli/limits.h"

#include "cli/command.h"

#include <stdlib.h>

bool limits_max_depth(const char *command, unsigned *depth)
{
	const char *name =
		getenv("PCARCH_MAX_DEPTH") ? "PCARCH_MAX_DEPTH" : "ARCHAEOLOGY_MAX_DEPTH";
	const char *value = getenv(name);
	char *end;
	unsigned long number;

	*depth = LIMIT_DEPTH;
	if (!value || !*value)
		return true;
	number = strtoul(value, &end, 10);
	if (*end || *value < '0' || *value > '9' || number > 1000000) {
		usage_error(command,
			"%s is '%s'; it must be a number up to 1000000, 0 for no limit",
			name, value);
		return false;
	}
	*depth = (unsigned)number;
	return true;
}
