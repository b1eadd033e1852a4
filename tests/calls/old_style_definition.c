/* build: -Wno-old-style-definition -Wno-strict-prototypes -Wno-deprecated-non-prototype */
/* K&R definitions, and functions declared with (): arguments meet parameters by position alone. */
static int add(x)
	int x;
{
	return x + 1;
}

static int call(f, x)
	int (*f)();
	int x;
{
	return f(x); /* -> add, from_later; closed */
}

int later();

static int from_later(int x)
{
	return x + 2;
}

int main(void)
{
	int (*f)() = call;

	return call(add, 1) + later() + f(add, 2) == 8 ? 0 : 1; /* -> call, later; closed */
}

int later(void)
{
	return call(from_later, 1);
}
