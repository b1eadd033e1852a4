/* A function that passes through inline assembly, and calls among its operands. */
typedef int (*function)(int);

static int calls;

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int count(int x)
{
	calls++;
	return x;
}

/* What the compiler must not look through: the value is that of `f`. */
static function hide(function f)
{
	function hidden;

	__asm__("" : "=r"(hidden) : "0"(f));
	return hidden;
}

int main(void)
{
	function f = hide(one), g = two, h = count, k;

	__asm__("" : "+r"(g));
	__asm__ volatile("" : "=m"(k) : : "memory");
	__asm__ volatile("" : : "r"(count(1)));
	__asm__ volatile("" : : "r"(h(1))); /* -> count; closed */
	k = one;
	__asm__ volatile("" : "+m"(k) : : "memory");
	if (f(0) != 1) /* -> one; sound */
		return 1;
	if (g(0) + k(0) != 3) /* -> two, one; sound */
		return 1;
	return calls == 2 ? 0 : 1;
}
