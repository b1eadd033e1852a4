/* No main: what nothing in it calls is there for others. */
static int checked(int n)
{
	return n > 0;
}

/* Used inside alone: reached from what is exported. */
int lib_internal(int n)
{
	return checked(n);
}

int lib_open(int n)
{
	return lib_internal(n);
}

int lib_depth(int n)
{
	return n ? 1 + lib_depth(n - 1) : 0;
}
