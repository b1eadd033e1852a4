/* Other names of a function: called, and taken the address of; and of a variable. */
static int implementation(int x)
{
	return x + 1;
}

int public_name(int x) __attribute__((alias("implementation")));
int weak_name(int x) __attribute__((weak, alias("implementation")));

int (*hook)(int) = implementation;
extern int (*other_hook)(int) __attribute__((alias("hook")));

static int replaced(int x)
{
	return x + 2;
}

int main(void)
{
	int (*f)(int) = weak_name;
	int sum = public_name(0); /* -> implementation; closed */

	sum += f(0); /* -> implementation; closed */
	other_hook = replaced;
	return sum + hook(0) == 4 ? 0 : 1; /* -> replaced, implementation (may); sound */
}
