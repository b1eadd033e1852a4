/* A pointer to a function that returns a function that returns a function. */
typedef int (*leaf)(int);
typedef leaf (*branch)(void);
typedef branch (*root)(void);

static int twice(int x)
{
	return 2 * x;
}

static leaf give_leaf(void)
{
	return twice;
}

static branch give_branch(void)
{
	return give_leaf;
}

int main(void)
{
	root start = give_branch;
	branch next = start(); /* -> give_branch; closed */
	leaf last = next(); /* -> give_leaf; closed */

	return last(2) == 4 && start()()(3) == 6 ? 0 : 1; /* -> give_branch, give_leaf, twice; closed */
}
