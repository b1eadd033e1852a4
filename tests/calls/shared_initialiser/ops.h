/* A static table in a header: each unit has its own copy, and its functions are one. */
static int header_default(int x)
{
	return x + 1;
}

struct ops {
	int (*run)(int);
};

static const struct ops header_ops[] = {{header_default}};

int run_other(void);
