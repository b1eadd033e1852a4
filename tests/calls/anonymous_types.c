/* Types without a tag: two of them on one line, two variables of one, and tags of inner scopes. */
static int one(void)
{
	return 1;
}

static int two(void)
{
	return 2;
}

static int four(void)
{
	return 4;
}

static int eight(void)
{
	return 8;
}

#define HOLDER(name, function) static struct { int (*run)(void); } name = {function};

HOLDER(first, one) HOLDER(second, two)

static struct {
	int (*run)(void);
} third = {four}, fourth;

static int in_scope(void)
{
	struct local {
		int (*run)(void);
	} local = {eight};

	return local.run(); /* -> eight, one (may); closed */
}

int main(void)
{
	struct local {
		int (*run)(void);
	} local = {one};
	int sum = first.run(); /* -> one, two (may); closed */

	fourth.run = eight;
	sum += second.run(); /* -> two, one (may); closed */
	sum += third.run(); /* -> four, eight (may); closed */
	sum += fourth.run(); /* -> eight, four (may); closed */
	sum += in_scope();
	return sum + local.run() == 24 ? 0 : 1; /* -> one, eight (may); closed */
}
