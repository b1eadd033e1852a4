/* 100 million calls of a function that does next to nothing. */
static __attribute__((noinline)) unsigned next(unsigned x)
{
	return x * 1664525 + 1013904223;
}

int main(void)
{
	unsigned x = 1;

	for (unsigned i = 0; i < 100 * 1000 * 1000; i++)
		x = next(x);
	return x == 0;
}
