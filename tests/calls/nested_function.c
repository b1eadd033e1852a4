/* build: -Wno-trampolines -Wl,-z,execstack */
/* GNU's functions inside functions, which clang cannot read: what is lost must not be taken for nothing. */
static int apply(int (*f)(int), int x)
{
	return f(x); /* -> outer, inner (run only); sound */
}

static int outer(int x)
{
	return x + 1;
}

static int with_nested(int bound)
{
	int inner(int x)
	{
		return x + bound;
	}

	return apply(inner, 1);
}

int main(void)
{
	return apply(outer, 0) + with_nested(2) == 4 ? 0 : 1;
}
