/* A global that is initialised and assigned later: either may be what is called. */
static int first(int x)
{
	return x + 1;
}

static int second(int x)
{
	return x + 2;
}

int (*hook)(int) = first;

int main(void)
{
	int sum = 0;

	for (int i = 0; i < 2; i++) {
		sum += hook(i); /* -> first, second; closed */
		hook = second;
	}
	return sum == 4 ? 0 : 1;
}
