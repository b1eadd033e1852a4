/* A computed goto is no call; a label's address is no function. */
int f(int), g(int);

int main(int argc, char **argv)
{
	static void *const labels[] = {&&first, &&second};

	(void)argv;
	goto *labels[argc > 1];
first:
	f(1);
second:
	return g(2);
}
