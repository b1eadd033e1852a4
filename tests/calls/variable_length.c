/* build: -Wno-vla */
/* Arrays of functions whose length is known when it runs: on the stack, by alloca, as parameters. */
#include <alloca.h>

typedef int (*function)(int);

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int sum_of(int rows, int columns, function grid[rows][columns])
{
	int sum = 0;

	for (int i = 0; i < rows * columns; i++)
		sum += grid[i / columns][i % columns](0); /* -> one, two; closed */
	return sum;
}

int main(int argc, char **argv)
{
	int count = argc + 1;
	function list[count];
	function grid[count][1];
	function *more = alloca(sizeof(*more));

	(void)argv;
	for (int i = 0; i < count; i++)
		grid[i][0] = list[i] = i ? one : two;
	*more = list[0];
	return sum_of(count, 1, grid) + (*more)(0) == count + 3 ? 0 : 1; /* -> sum_of, two, one (may); closed */
}
