#include "ops.h"

int main(void)
{
	const struct ops *ops = header_ops;

	return ops->run(2) + run_other() == 5 ? 0 : 1; /* -> header_default, run_other; closed */
}
