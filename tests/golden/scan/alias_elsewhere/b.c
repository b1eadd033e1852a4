static int new_name(int x)
{
	return x;
}
int old_name(int) __attribute__((alias("new_name")));
