/* Functions, variables and tables that are private to their file bear the names of the other file's. */
int run_b(int x);

static int handle(int x)
{
	return x + 2;
}

static int (*current)(int) = handle;
static const struct {
	const char *name;
	int (*run)(int);
} table[] = {{"b", handle}};

int run_b(int x)
{
	int sum = current(x); /* -> b.c:handle; closed */

	return sum + table[0].run(x); /* -> b.c:handle; closed */
}
