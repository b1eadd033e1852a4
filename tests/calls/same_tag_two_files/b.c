int run_b(void);

struct ops {
	int count;
	int (*stop)(int);
	int (*start)(int);
};

static int start_b(int x)
{
	return x + 4;
}

static int stop_b(int x)
{
	return x + 8;
}

static struct ops ops = {1, stop_b, start_b};

int run_b(void)
{
	int sum = ops.start(0); /* -> start_b, start_a (may); closed */

	return sum + ops.stop(0); /* -> stop_b, stop_a (may); closed */
}
