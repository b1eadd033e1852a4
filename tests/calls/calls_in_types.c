/* build: -Wno-vla -Wno-unused-parameter */
/* Calls inside of types: sizeof and typeof run them where the type's size is known only then, and not else. */
static int calls;

static int length(int x)
{
	calls++;
	return x + 1;
}

static int never(int x)
{
	calls += 100;
	return x;
}

static int (*measure)(int) = length;

/* The bound of a parameter is computed when the function is entered. */
static int with_bound(int n, char (*rows)[length(n)])
{
	return (int)sizeof(*rows);
}

static int with_pointer(int n, char (*rows)[measure(n)]) /* -> length; closed */
{
	return (int)sizeof(*rows);
}

int main(void)
{
	char storage[8];
	int sum = (int)sizeof(char[length(1)]);

	sum += (int)sizeof(char[measure(2)]); /* -> length; closed */
	sum += (int)sizeof(never(1)) + (int)sizeof(measure(1)) - 8;
	sum += (int)_Alignof(__typeof__(never(1))) - 4;
	__typeof__(char[measure(1)]) list; /* -> length; closed */
	sum += (int)sizeof(list);
	sum += with_bound(3, (void *)storage) + with_pointer(4, (void *)storage);
	return sum == 16 && calls == 5 ? 0 : sum;
}
