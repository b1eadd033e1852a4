/* Variables of one name in nested scopes are several: each has its own function. */
static int outer(void)
{
	return 1;
}

static int inner(void)
{
	return 2;
}

static int loop(void)
{
	return 4;
}

static int (*f)(void) = outer;

int main(void)
{
	int sum = f(); /* -> outer; closed */

	{
		int (*f)(void) = inner;

		sum += f(); /* -> inner; closed */
		for (int (*f)(void) = loop; f; f = 0)
			sum += f(); /* -> loop; closed */
		sum += f(); /* -> inner; closed */
	}
	return sum == 9 ? 0 : 1;
}
