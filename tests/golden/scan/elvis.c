/* `f() ?: g()` calls f once. */
int f(int), g(int);

int main(void)
{
	return f(1) ?: g(2) ?: f(f(3)) ?: 4;
}
