/* A function kept as void *, in a variable, a field and an array, and cast back where it is called. */
typedef int (*function)(int);

struct symbol {
	const char *name;
	void *address;
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int four(int x)
{
	return x + 4;
}

static struct symbol symbols[] = {{"one", (void *)one}, {"two", (void *)two}, {"data", &symbols}};
static void *plain[] = {(void *)four};

int main(void)
{
	void *kept = (void *)one;
	int sum = ((function)kept)(0); /* -> one; closed */
	function f;

	sum += ((int (*)(int))symbols[1].address)(0); /* -> two, one (may); closed */
	f = (function)plain[0];
	return sum + f(0) == 7 ? 0 : 1; /* -> four; closed */
}
