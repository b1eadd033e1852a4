/* library: libone.so */
/* A callback goes through one library of the program into another, which calls it. */
typedef int (*visit)(int);

int two_each(visit visit, int count);
int one_each(visit visit);

static int wrapped(int x)
{
	return x + 10;
}

int one_each(visit visit)
{
	return two_each(visit, 2) + two_each(wrapped, 1);
}
