/* Designators in any order, with positional values going on from where the last one was. */
struct in {
	int a;
	int (*b)(int);
	int (*c)(int);
};

struct out {
	int (*first)(int);
	struct in in;
	int (*last)(int);
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int four(int x)
{
	return x + 4;
}

static int eight(int x)
{
	return x + 8;
}

/* `two` goes on after in.b: it is in.c; and `four` after that: it is last. */
static struct out out = {.in.b = one, two, four, .first = eight};
static struct out other = {.last = eight, .in = {.c = four, .b = two}, .first = one};

int main(void)
{
	int sum = out.in.b(0); /* -> one, two (may); closed */

	sum += out.in.c(0); /* -> two, four (may); closed */
	sum += out.last(0); /* -> four, eight (may); closed */
	sum += out.first(0); /* -> eight, one (may); closed */
	sum += other.in.b(0); /* -> two, one (may); closed */
	sum += other.in.c(0); /* -> four, two (may); closed */
	sum += other.last(0); /* -> eight, four (may); closed */
	sum += other.first(0); /* -> one, eight (may); closed */
	return sum == 30 ? 0 : 1;
}
