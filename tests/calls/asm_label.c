/* A function that has another name for the linker: called by one, defined by the other. */
int wanted(int x) __asm__("provided");
int provided(int x);

int provided(int x)
{
	return x + 1;
}

int main(void)
{
	int (*f)(int) = wanted;
	int sum = wanted(0); /* -> provided; closed */

	return sum + f(0) == 2 ? 0 : 1; /* -> provided; closed */
}
