/* Two names of one variable: the linker's name of the second is the first. */
int (*hook)(int);
extern int (*same_hook)(int) __asm__("hook");

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

int main(void)
{
	int sum;

	hook = one;
	sum = same_hook(0); /* -> one, two (may); sound */
	same_hook = two;
	return sum + hook(0) == 3 ? 0 : 1; /* -> two, one (may); sound */
}
