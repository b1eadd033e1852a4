#include "plugin.h"

struct plugin *plugins;

int main(void)
{
	int sum = 0;

	for (struct plugin *p = plugins; p; p = p->next)
		sum += p->run(0); /* -> run_a, run_b; closed */
	return sum == 3 ? 0 : 1;
}
