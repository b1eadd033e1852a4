/* A library without source writes into a record whose address is cast, to `void *` or to bytes. */
#include "foreign.h"

struct cast {
	function run;
};

struct bytes {
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

int main(void)
{
	struct cast cast = {initial};
	struct bytes bytes = {initial};
	int sum;

	foreign_keep(kept);
	foreign_fill((void *)&cast);
	sum = cast.run(0); /* -> kept (run only), initial (may); open +extra */
	foreign_fill_bytes((char *)&bytes);
	sum += bytes.run(0); /* -> kept (run only), initial (may); open +extra */
	return sum == 2 ? 0 : 1;
}
