/* A callback with its context behind void *: a function among other things, and a function alone. */
#include <stddef.h>

struct filter {
	int (*keep)(int);
	int count;
};

typedef void (*visitor)(int item, void *data);

static int is_even(int x)
{
	return x % 2 == 0;
}

static int is_big(int x)
{
	return x > 2;
}

static void visit_struct(int item, void *data)
{
	struct filter *filter = data;

	filter->count += filter->keep(item); /* -> is_even; closed */
}

static void visit_pointer(int item, void *data)
{
	int (**test)(int) = data;

	(void)(*test)(item); /* -> is_big; closed */
}

static void each(visitor visit, void *data)
{
	for (int i = 0; i < 5; i++)
		visit(i, data); /* -> visit_struct, visit_pointer; closed */
}

int main(void)
{
	struct filter filter = {is_even, 0};
	int (*test)(int) = is_big;

	each(visit_struct, &filter);
	each(visit_pointer, &test);
	return filter.count == 3 ? 0 : 1;
}
