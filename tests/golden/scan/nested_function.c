/* exit: 3 */
/* A nested function is an error in clang: the function around it is partial, the rest survives. */
int g(int), h(int);

int before(int x)
{
	return g(x);
}

int outer(int x)
{
	int inner(int y)
	{
		return g(y) + x;
	}
	return inner(2) + h(3);
}

int main(void)
{
	return outer(1) + before(2);
}
