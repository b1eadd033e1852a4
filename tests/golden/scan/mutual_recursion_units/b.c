int a(int), up(int);
int b(int x)
{
	return a(x);
}
int down(int x)
{
	return up(x);
}
