/* A cycle over units that nothing reaches, beside one that main reaches. */
int a(int), b(int), up(int), down(int);
int a(int x)
{
	return b(x);
}
int up(int x)
{
	return down(x);
}
int main(void)
{
	return up(1);
}
