/* Calls in all places where an expression may stand: each is an edge, seen by the reader or not. */
/* build: -Wno-parentheses */
#include <stddef.h>

struct pair {
	int a, b;
};

static int sum;

static int next(int x)
{
	sum += x;
	return x;
}

static struct pair make(int x)
{
	return (struct pair){next(x), .b = next(x)};
}

static int in_switch(int x)
{
	switch (next(x)) {
	case 1:
		return next(10);
	default:
		do
			next(100);
		while (next(0));
		return 0;
	}
}

static int in_loops(void)
{
	int a[3] = {[0] = next(1), next(2)}, n = 0;

	for (int i = next(0), j = next(2); i < next(j); i += next(1))
		n += a[next(i)];
	while (next(n) > 2)
		n -= next(1);
	if (next(1) && next(0) || !next(1))
		n = next(5);
	else if (n = next(3), n)
		n = next(0) ?: next(7);
	goto end;
end:
	return n;
}

int main(void)
{
	static int table[] = {1, 2, 3};
	int (*f)(int) = next;
	int *p = &table[next(1)];
	int result;

	result = make(next(1)).b + ({ int local = next(2); local + next(1); });
	table[next(0)] += -next(1) + (int)next(2) * *(p + next(1));
	(void)(next(1), next(2));
	result += (next(1) ? f : NULL)(2); /* -> next; closed */
	result += f(f(f(1))); /* -> next; closed */
	return result + in_switch(1) + in_switch(2) + in_loops() + table[0] == 30 ? 0 : 1;
}
