/* An array of functions that grows: memory from malloc, moved by realloc, filled through a copy of its address. */
#include <stdlib.h>

typedef int (*task)(int);

static task *tasks;
static size_t ntasks, room;

static int wash(int x)
{
	return x + 1;
}

static int cook(int x)
{
	return x + 2;
}

static int add(task t)
{
	if (ntasks == room) {
		size_t more = room ? room * 2 : 1;
		task *grown = realloc(tasks, more * sizeof(*grown));

		if (!grown)
			return 0;
		tasks = grown;
		room = more;
	}
	tasks[ntasks++] = t;
	return 1;
}

int main(void)
{
	task *last;
	int sum = 0;

	if (!add(wash) || !add(cook) || !add(wash))
		return 1;
	for (size_t i = 0; i < ntasks; i++)
		sum += tasks[i](0); /* -> wash, cook; closed */
	last = tasks + ntasks - 1;
	sum += (*last)(0); /* -> wash, cook (may); closed */
	free(tasks);
	return sum == 5 ? 0 : 1;
}
