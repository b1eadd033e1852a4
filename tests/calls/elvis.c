/* GNU's a ?: b, as value and as callee. */
static int own(int x)
{
	return x + 1;
}

static int fallback(int x)
{
	return x + 2;
}

static int call(int (*f)(int))
{
	int (*chosen)(int) = f ?: fallback;
	int sum = chosen(0); /* -> own, fallback; closed */

	return sum + (f ?: fallback)(0); /* -> own, fallback; closed */
}

int main(void)
{
	return call(own) + call(0) == 6 ? 0 : 1;
}
