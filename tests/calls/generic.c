/* _Generic: the type of its first operand decides, and nothing else in it is evaluated. */
static int for_int(int x)
{
	return x + 1;
}

static int for_double(double x)
{
	return (int)x + 2;
}

static int never(void)
{
	return 0;
}

#define convert(x) _Generic((x), int: for_int, double: for_double)(x)

int main(void)
{
	int (*f)(int) = _Generic(never(), int: for_int, default: for_double);
	int sum = f(0); /* -> for_int, for_double (may); closed */

	sum += convert(1); /* -> for_int, for_double (may); closed */
	sum += convert(2.0); /* -> for_double, for_int (may); closed */
	return sum == 7 ? 0 : 1;
}
