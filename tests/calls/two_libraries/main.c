typedef int (*visit)(int);

int one_each(visit visit);

static int from_main(int x)
{
	return x + 1;
}

int main(void)
{
	return one_each(from_main) == 13 ? 0 : 1;
}
