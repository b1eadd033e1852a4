/* fib(35): 30 million calls from two places. */
static unsigned fib(unsigned n)
{
	return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

int main(void)
{
	return fib(35) != 9227465;
}
