/* A library of which there is no source: functions go into it, come out of it, and are written by it. */
#include "foreign.h"

static int kept(int x)
{
	return x + 1;
}

static int initial(int x)
{
	return x + 2;
}

static int callback(int (*f)(int), int (*g)(int))
{
	int sum = f(0); /* -> none; open +extra */

	return sum + g(0); /* -> kept (run only); open +extra */
}

int main(void)
{
	struct foreign_ops ops = {initial, initial};
	int (*place)(int) = initial;
	int (*own)(int) = initial;
	int sum;

	foreign_keep(kept);
	sum = foreign_get()(0); /* -> foreign_get; open +extra */
	sum += foreign_give()(0); /* -> foreign_give, kept (run only); open +extra */
	sum += foreign_call(callback); /* -> foreign_call, callback (run only); sound */
	foreign_fill(&ops);
	sum += ops.run(0); /* -> initial (not run), kept (run only); open +extra */
	foreign_replace(&place);
	sum += place(0); /* -> initial (not run), kept (run only); open +extra */
	sum += own(0); /* -> initial; closed */
	return sum == 206 ? 0 : 1;
}
