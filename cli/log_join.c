#include "cli/log.h"

int log_join(const struct log_given *given, char **operands)
{
	return log_query(given, operands);
}
