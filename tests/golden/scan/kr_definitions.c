/* K&R definitions have parameters and no prototype. */
int helper();

int add(a, b)
int a, b;
{
	return a + b + helper(a);
}

register_all(f, context)
int (*f)();
char *context;
{
	return (*f)(context);
}

static void nothing()
{
}

int main(argc, argv)
int argc;
char **argv;
{
	nothing();
	return add(argc, 1) + register_all(helper, argv[0]);
}
