/* Functions that return functions, called at once, and through a variable. */
static int add(int x)
{
	return x + 1;
}

static int negate(int x)
{
	return -x;
}

static int (*pick(int which))(int)
{
	if (which)
		return add;
	return negate;
}

static int (*pick_add(void))(int)
{
	return pick(1);
}

static int (*always(void))(int)
{
	return &negate;
}

int main(void)
{
	int (*f)(int) = pick_add();
	int sum = f(1); /* -> add, negate (may); closed */

	sum += pick(0)(5); /* -> pick, negate, add (may); closed */
	sum += always()(1); /* -> always, negate; closed */
	return sum == -4 ? 0 : 1;
}
