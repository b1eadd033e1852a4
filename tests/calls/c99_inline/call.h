/* C99's inline: one unit emits the function of the header, the others call it. */
inline int call(int (*f)(int), int x)
{
	return f(x); /* -> one, two; closed */
}

int run_other(void);
