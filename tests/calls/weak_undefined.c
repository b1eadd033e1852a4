/* A weak function that nobody defines: tested, then called; by name and by pointer. */
int optional(int x) __attribute__((weak));
int present(int x) __attribute__((weak));

int present(int x)
{
	return x + 1;
}

int main(void)
{
	int (*volatile f)(int) = optional;
	int (*volatile g)(int) = present;
	int sum = 0;

	if (optional)
		sum += optional(1); /* -> optional (may); sound */
	if (f)
		sum += f(1); /* -> optional (may); sound */
	sum += present(1); /* -> present; closed */
	return sum + g(0) == 3 ? 0 : 1; /* -> present; closed */
}
