/* Assignments inside of conditions, of other assignments, of arguments and of the call itself. */
#include <stddef.h>

typedef int (*function)(int);

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int four(int x)
{
	return x + 4;
}

static function list[] = {one, two, NULL};

static function next(void)
{
	static int i;

	return list[i++];
}

static int call(function f)
{
	return f(0); /* -> four; closed */
}

int main(void)
{
	function a, b, c, d, *p = list;
	int sum = 0;

	while ((a = next()))
		sum += a(0); /* -> one, two; closed */
	if ((b = c = four) && *p)
		sum += b(0); /* -> four; closed */
	sum += call(d = four);
	sum += (a = two)(0); /* -> two, one (may); closed */
	sum += c(0); /* -> four; closed */
	for (function *q = (function[]){one, NULL}; *q; q++)
		sum += (*q)(0); /* -> one; closed */
	return sum + d(0) == 22 ? 0 : 1; /* -> four; closed */
}
