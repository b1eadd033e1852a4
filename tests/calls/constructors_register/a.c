/* starts: register_run_a */
#include "plugin.h"

static int run_a(int x)
{
	return x + 1;
}
PLUGIN("a", run_a);
