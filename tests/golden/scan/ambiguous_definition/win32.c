int backend(int x)
{
	return x + 1;
}
