/* exit: 3 */
/* A bad expression loses its statement; the function is partial and the rest of the file survives. */
int f(int), g(int);

int broken(int x)
{
	f(1);
	g(undeclared_name);
	return f(x);
}

int whole(int x)
{
	return g(x);
}

int main(void)
{
	return broken(1) + whole(2);
}
