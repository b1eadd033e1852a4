#include "ops.h"

int run_other(void)
{
	return header_ops[0].run(1); /* -> header_default; closed */
}
