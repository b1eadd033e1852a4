/* What a rule calls unknown may be memory: functions lie one or two pointers deep in it, and are stored there. */
#include "foreign.h"

static int initial(int x)
{
	return x + 100;
}

static int kept(int x)
{
	return x + 1;
}

static int ours(int x)
{
	return x + 2;
}

static int visit(function **rows)
{
	return rows[0][0](0); /* -> kept (run only), ours; open +extra */
}

int main(void)
{
	function f = initial, own = ours;
	function *row = &own;
	function **rows = foreign_rows();
	struct message message = {&f};
	int sum;

	foreign_keep(kept);
	foreign_patch(&message);
	sum = f(0); /* -> kept (run only), initial (may); open +extra */
	sum += foreign_visit(visit); /* -> foreign_visit, visit (run only); sound */
	sum += visit(&row);
	for (int i = 0; i < 2; i++, rows = &row)
		sum += rows[0][0](0); /* -> kept (run only), ours; open +extra */
	return sum == 7 ? 0 : 1;
}
