/* ?: as callee and as value, nested, with a null pointer as one of its ends. */
static int one(void)
{
	return 1;
}

static int two(void)
{
	return 2;
}

static int four(void)
{
	return 4;
}

int main(void)
{
	int sum = 0;

	for (int i = 0; i < 3; i++) {
		int (*f)(void) = i == 2 ? 0 : i ? one : two;

		sum += (i ? one : i > 5 ? four : two)(); /* -> one, two, four (not run); closed */
		if (f)
			sum += f(); /* -> one, two; closed */
	}
	return sum == 7 ? 0 : 1;
}
