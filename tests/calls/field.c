/* Fields: two of one struct, and one of the same name in another struct, are three places. */
struct file_ops {
	int (*open)(int);
	int (*close)(int);
};

struct door {
	int (*open)(int);
};

static int file_open(int x)
{
	return x;
}

static int file_close(int x)
{
	return x + 1;
}

static int door_open(int x)
{
	return x + 2;
}

int main(void)
{
	struct file_ops ops;
	struct file_ops *pointer = &ops;
	struct door door;
	int sum;

	ops.open = file_open;
	pointer->close = file_close;
	door.open = door_open;
	sum = pointer->open(1); /* -> file_open; closed */
	sum += ops.close(1); /* -> file_close; closed */
	sum += (&door)->open(1); /* -> door_open; closed */
	return sum == 6 ? 0 : 1;
}
