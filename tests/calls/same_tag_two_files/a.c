/* Two files with a `struct ops` each that have nothing in common but the name: nor have their calls. */
int run_a(void);

struct ops {
	int (*start)(int);
	int (*stop)(int);
};

static int start_a(int x)
{
	return x + 1;
}

static int stop_a(int x)
{
	return x + 2;
}

static struct ops ops = {start_a, stop_a};

int run_a(void)
{
	int sum = ops.start(0); /* -> start_a, start_b (may); closed */

	return sum + ops.stop(0); /* -> stop_a, stop_b (may); closed */
}
