/* A library without source writes into a record whose address was a `void *` before. */
#include "foreign.h"

struct stored {
	function run;
};

struct chosen {
	function run;
};

static int initial(int x)
{
	return x + 100;
}

static int kept(int x)
{
	return x + 1;
}

int main(int argc, char **argv)
{
	struct stored stored = {initial};
	struct chosen chosen = {initial};
	void *memory = &stored;
	int sum;

	foreign_keep(kept);
	foreign_fill(memory);
	sum = stored.run(0); /* -> kept (run only), initial (may); open +extra */
	foreign_fill(argc > 5 ? (void *)argv : &chosen);
	sum += chosen.run(0); /* -> kept (run only), initial (may); open +extra */
	return sum == 2 ? 0 : 1;
}
