/* Two functions in one call: each parameter has its own, though the types are the same. */
static int up(int x)
{
	return x + 1;
}

static int down(int x)
{
	return x - 1;
}

static int call(int (*first)(int), int (*second)(int))
{
	int sum = first(10); /* -> up; closed */

	return sum + second(20); /* -> down; closed */
}

static int swapped(int (*b)(int), int (*a)(int))
{
	return call(a, b);
}

int main(void)
{
	return call(up, down) + swapped(down, up) == 60 ? 0 : 1;
}
