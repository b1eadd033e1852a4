/* Why no entry point reaches a public function. */
int external(int);
int no_callers(int x)
{
	return external(x);
}
int calls_itself(int x)
{
	return x ? calls_itself(x - 1) : 0;
}
int called_by_private(int x)
{
	return x;
}
static int __attribute__((unused)) unreached_private(int x)
{
	return called_by_private(x);
}
int odd(int);
int even(int x)
{
	return x ? odd(x - 1) : 1;
}
int odd(int x)
{
	return x ? even(x - 1) : 0;
}
int below_cycle(int x)
{
	return x;
}
int cycle_with_tail(int x)
{
	return below_cycle(x) + even(x);
}
int as_value(int x)
{
	return x;
}
int (*table[])(int) = {as_value};
int reached_recursion(int x)
{
	return x ? reached_recursion(x - 1) : 0;
}
static inline int __attribute__((unused)) private_unreached(int x)
{
	return x;
}

int main(void)
{
	return reached_recursion(3) + table[0](1);
}
