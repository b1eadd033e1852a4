/* One of several implementations is chosen when the program is loaded. */
static int slow(int x)
{
	return x + 1;
}

static int fast(int x)
{
	return x + 1;
}

/* It runs before the program is linked whole: nothing can be recorded there. */
__attribute__((no_instrument_function)) static int (*choose(void))(int)
{
	__builtin_cpu_init();
	return __builtin_cpu_supports("sse2") ? fast : slow;
}

int compute(int x) __attribute__((ifunc("choose")));

int main(void)
{
	int (*f)(int) = compute;
	int sum = compute(0); /* -> fast, slow (not run), compute (may); closed */

	return sum + f(0) == 2 ? 0 : 1; /* -> fast, slow (not run), compute (may); closed */
}
