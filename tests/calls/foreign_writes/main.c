/* A library without source writes into objects: behind two pointers, behind void *, as bytes, by value. */
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

static int visit_struct(int x, void *data)
{
	struct context *context = data;

	return context->run(x); /* -> ours; sound */
}

static int visit_function(int x, void *data)
{
	return ((function)data)(x); /* -> ours; sound */
}

int main(void)
{
	struct ops ops = {initial};
	struct outer outer = {&ops};
	struct by_name by_name = {initial};
	struct by_bytes by_bytes = {initial};
	struct by_value by_value;
	struct context context = {ours};
	int sum;

	foreign_keep(kept);
	foreign_patch(&outer);
	sum = ops.run(0); /* -> kept (run only), initial (may); open +extra */
	foreign_fill(&by_name, "by_name");
	sum += by_name.run(0); /* -> kept (run only), initial (may); open +extra */
	if (foreign_read(&by_bytes, sizeof(by_bytes)) != sizeof(by_bytes))
		return 1;
	sum += by_bytes.run(0); /* -> kept (run only), initial (may); open +extra */
	by_value = foreign_make();
	sum += by_value.run(0); /* -> kept (run only); open +extra */
	sum += foreign_each(visit_struct, &context); /* -> foreign_each, visit_struct (run only); sound */
	sum += foreign_each(visit_function, (void *)ours); /* -> foreign_each, visit_function (run only); sound */
	return sum == 8 ? 0 : 1;
}
