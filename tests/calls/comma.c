/* The comma operator: only its last operand is the value, and what stands before it still runs. */
static int calls;

static int count(void)
{
	return ++calls;
}

static int never(void)
{
	return 100;
}

static int always(void)
{
	return 5;
}

#pragma GCC diagnostic ignored "-Wunused-value"
int main(void)
{
	int (*f)(void) = (count(), never, always);

	return (count(), f)() + (never, always)() + calls == 12 ? 0 : 1; /* -> count, always; closed */
}
