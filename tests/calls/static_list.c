/* A list that is linked at compile time, and a table of pointers into it. */
struct node {
	int (*run)(int);
	const struct node *next;
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int unlinked(int x)
{
	return x + 100;
}

static const struct other {
	int (*run)(int);
} other = {unlinked};
static const struct node last = {two, 0};
static const struct node first = {.next = &last, .run = one};
static const struct node *const *const heads = (const struct node *const[]){&first, &last};

int main(void)
{
	int sum = other.run(0); /* -> unlinked; closed */

	for (int i = 0; i < 2; i++)
		for (const struct node *n = heads[i]; n; n = n->next)
			sum += n->run(0); /* -> one, two; closed */
	return sum == 105 ? 0 : 1;
}
