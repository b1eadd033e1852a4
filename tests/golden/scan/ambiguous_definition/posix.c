int backend(int x)
{
	return x;
}
int uses_own(int x)
{
	return backend(x);
}
