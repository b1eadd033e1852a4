/* build: -fcommon */
int (*shared)(int);
int (*with_value)(int);

void fill(void);

static int from_other(int x)
{
	return x + 2;
}

static int initial(int x)
{
	return x + 4;
}

int (*with_value)(int) = initial;

void fill(void)
{
	shared = from_other;
}
