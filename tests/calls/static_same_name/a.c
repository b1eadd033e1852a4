/* Functions, variables and tables that are private to their file bear the names of the other file's. */
int run_a(int x);

static int handle(int x)
{
	return x + 1;
}

static int (*current)(int) = handle;
static const struct {
	const char *name;
	int (*run)(int);
} table[] = {{"a", handle}};

int run_a(int x)
{
	int sum = current(x); /* -> a.c:handle; closed */

	return sum + table[0].run(x); /* -> a.c:handle; closed */
}
