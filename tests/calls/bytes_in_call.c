/* An address that was cast to char * is a function again in what it is passed to, by a pointer. */
typedef int fn();

struct entry {
	fn *cleanup;
	char *argument;
};

static struct entry entries[2];
static int nentries;

static int one(char *x)
{
	return x[0] - '0';
}

static int two(char *x)
{
	return 2 * (x[0] - '0');
}

static void add_internal(fn *cleanup, char *argument)
{
	entries[nentries].cleanup = cleanup;
	entries[nentries++].argument = argument;
}

static void undisturbed(void (*function)(), char *first, char *second)
{
	(*function)(first, second); /* -> add_internal; closed */
}

static void add(fn *cleanup, char *argument)
{
	undisturbed((void (*)())add_internal, (char *)cleanup, argument);
}

int main(void)
{
	int sum = 0;

	add((fn *)one, "1");
	add((fn *)two, "2");
	while (nentries--)
		sum += entries[nentries].cleanup(entries[nentries].argument); /* -> one, two; open: cast from integer */
	return sum == 5 ? 0 : 1;
}
