/* The same static name in two files is two functions; libclang's USR would say one. */
static int helper(int x)
{
	return x;
}
int other(int);
int main(void)
{
	return helper(1) + other(2);
}
