/* memcpy and memmove of whole structs, of their parts, and of arrays of them. */
#include <string.h>

struct ops {
	int (*open)(int);
	int (*close)(int);
};

struct file {
	int fd;
	struct ops ops;
};

static int do_open(int x)
{
	return x + 1;
}

static int do_close(int x)
{
	return x + 2;
}

static const struct ops defaults[2] = {{do_open, do_close}, {do_open, do_close}};

int main(void)
{
	struct ops copy;
	struct ops many[2];
	struct file file;
	int sum;

	memcpy(&copy, &defaults[0], sizeof(copy));
	memmove(many, defaults, sizeof(many));
	memcpy(&file.ops, many + 1, sizeof(file.ops));
	sum = copy.open(0); /* -> do_open, do_close (may); closed */
	sum += many[1].close(0); /* -> do_close, do_open (may); closed */
	sum += file.ops.close(0); /* -> do_close, do_open (may); closed */
	return sum == 5 ? 0 : 1;
}
