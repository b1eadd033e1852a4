/* Locals: initialised, assigned on two branches, copied, dereferenced, called with and without `*`. */
static int add(int x)
{
	return x + 1;
}

static int subtract(int x)
{
	return x - 1;
}

int main(int argc, char **argv)
{
	int (*only)(int) = add;
	int (*either)(int);
	int (*copy)(int);
	int sum;

	(void)argv;
	if (argc > 100)
		either = subtract;
	else
		either = &add;
	copy = either;
	sum = only(1); /* -> add; closed */
	sum += (*either)(1); /* -> add, subtract (not run); closed */
	sum += (***copy)(1); /* -> add, subtract (not run); closed */
	return sum == 6 ? 0 : 1;
}
