/* weakref: a private name for a function that may be there, and is. */
int target(int x);

static int reference(int x) __attribute__((weakref("target")));
static int absent(int x) __attribute__((weakref("nobody_defines_this")));

int target(int x)
{
	return x + 1;
}

int main(void)
{
	int (*f)(int) = reference;
	int sum = reference(0); /* -> target; sound */

	if (absent)
		sum += absent(0); /* -> none; sound +extra */
	return sum + f(0) == 2 ? 0 : 1; /* -> target; sound */
}
