/* A weak definition gives way to a strong one. */
int __attribute__((weak)) hook(int x)
{
	return x;
}
int only_weak(int x) __attribute__((weak));
int only_weak(int x)
{
	return hook(x);
}
