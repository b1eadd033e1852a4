/* An initialiser may hold a whole struct; then a designator replaces one of its members. */
struct ops {
	int (*open)(int);
	int (*close)(int);
};

struct device {
	int number;
	struct ops ops;
};

static int base_open(int x)
{
	return x + 1;
}

static int base_close(int x)
{
	return x + 2;
}

static int other_open(int x)
{
	return x + 4;
}

static struct ops base(void)
{
	return (struct ops){base_open, base_close};
}

int main(void)
{
	struct ops ops = base();
	struct device list[] = {{1, ops}, {2, {.open = other_open, .close = ops.close}}, {.ops = base()}};
	int sum = 0;

	for (int i = 0; i < 3; i++) {
		sum += list[i].ops.open(0); /* -> base_open, other_open; closed */
		sum += list[i].ops.close(0); /* -> base_close; closed */
	}
	return sum == 12 ? 0 : 1;
}
