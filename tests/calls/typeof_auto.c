/* Variables whose type is not written: __auto_type and typeof, also of an expression that never runs. */
static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int (*pick(void))(int)
{
	return one;
}

int main(void)
{
	__auto_type f = pick();
	__typeof__(pick()) g = two;
	__typeof__(&two) list[] = {one, two};
	int sum = f(0); /* -> one; closed */

	sum += g(0); /* -> two; closed */
	sum += list[sizeof(f(1)) == sizeof(int)](0); /* -> two, one (may); closed */
	return sum == 5 ? 0 : 1;
}
