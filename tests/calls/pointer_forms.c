/* The same pointer, called in all the ways that C has, and with arguments that the function does not take. */
/* build: -Wno-unused-value */
typedef int (*function)(int);
typedef int (*taker)(int, function);

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int take(int x, function f)
{
	return f(x); /* -> two; closed */
}

#pragma GCC diagnostic ignored "-Wcast-function-type"
int main(void)
{
	function f = &one, *p = &f, **pp = &p;
	taker t = &*take;
	int sum = (*&f)(0); /* -> one; closed */

	sum += (&f)[0](0); /* -> one; closed */
	sum += (*p)(0); /* -> one; closed */
	sum += p[0](0); /* -> one; closed */
	sum += (***pp)(0); /* -> one; closed */
	sum += (*****f)(0); /* -> one; closed */
	sum += (1, *f)(0); /* -> one; closed */
	sum += t(0, two); /* -> take; closed */
	sum += ((int (*)(int, function, long, void *))t)(0, two, 1L, p); /* -> take; closed */
	return sum + (one)(0) + (*two)(0) + (&one)(0) == 15 ? 0 : 1;
}
