/* starts: register_run_b */
#include "plugin.h"

static int run_b(int x)
{
	return x + 2;
}
PLUGIN("b", run_b);
