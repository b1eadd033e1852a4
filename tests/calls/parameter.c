/* A function handed down through three levels of parameters. */
static int twice(int x)
{
	return x * 2;
}

static int thrice(int x)
{
	return x * 3;
}

static int call(int (*f)(int), int x)
{
	return f(x); /* -> twice, thrice; closed */
}

static int middle(int (*f)(int), int x)
{
	return call(f, x) + 1;
}

static int outer(int (*f)(int))
{
	return middle(f, 4);
}

int main(void)
{
	return outer(twice) + outer(thrice) == 22 ? 0 : 1;
}
