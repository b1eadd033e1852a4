/* build: -Wno-unused-function */
/* Functions in what never runs: a table that nobody reads, a function that nobody calls. */
static int used(int x)
{
	return x + 1;
}

static int unused(int x)
{
	return x + 2;
}

int (*unread_table[])(int) = {unused, used};

static int (*hook)(int) = used;

static void never_called(void)
{
	hook = unused;
}

int main(void)
{
	return hook(0) == 1 ? 0 : 1; /* -> used, unused (may); closed */
}
