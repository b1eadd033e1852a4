/* build: -fms-extensions */
/* A named struct as a nameless member: its fields are those of the outer struct, and of its own type. */
struct base {
	int (*run)(int);
	int (*stop)(int);
};

struct derived {
	int id;
	struct base;
	int (*extra)(int);
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

static int run(const struct base *base)
{
	return base->run(0); /* -> one; closed */
}

int main(void)
{
	struct derived derived = {1, {one, two}, four};
	struct derived second = {.id = 2, .extra = four};
	int sum = derived.run(0); /* -> one; closed */

	second.stop = two;
	sum += second.stop(0); /* -> two; closed */
	sum += second.extra(0); /* -> four; closed */
	return sum + run((const struct base *)&derived.run) == 8 ? 0 : 1;
}
