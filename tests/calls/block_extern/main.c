/* Declarations inside of functions: of a variable and of a function that other units define. */
static int call(void)
{
	extern int (*elsewhere)(int);

	return elsewhere(0); /* -> of_other, helper; closed */
}

int main(void)
{
	int sum = call();
	{
		extern int helper(int);
		extern int (*elsewhere)(int);
		int (*f)(int) = helper;

		elsewhere = helper;
		sum += f(0); /* -> helper; closed */
	}
	return sum + call() == 5 ? 0 : 1;
}
