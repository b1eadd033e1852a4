// Exceptions through instrumented frames.
extern "C" {
__attribute__((noinline)) void leaf(int depth)
{
	__asm__ volatile("" : : : "memory");
	if (!depth)
		throw 1;
}

__attribute__((noinline)) void dive(int depth)
{
	if (depth)
		dive(depth - 1);
	leaf(depth);
}

__attribute__((noinline)) int attempt()
{
	try {
		dive(9);
	} catch (int value) {
		return value;
	}
	return 0;
}
}

int main()
{
	int sum = 0;

	for (int i = 0; i < 100; i++)
		sum += attempt();
	return sum != 100;
}
