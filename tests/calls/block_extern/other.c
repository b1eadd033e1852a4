int helper(int x);

static int of_other(int x)
{
	return x + 1;
}

int helper(int x)
{
	return x + 2;
}

int (*elsewhere)(int) = of_other;
