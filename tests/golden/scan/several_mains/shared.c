int shared(int x)
{
	return x;
}
