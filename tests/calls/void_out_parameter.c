/* An interface that is looked up by name and comes back through void **. */
#include <string.h>

struct reader {
	int (*read)(int);
};

struct writer {
	int (*write)(int);
};

static int do_read(int x)
{
	return x + 1;
}

static int do_write(int x)
{
	return x + 2;
}

static struct reader reader = {do_read};
static struct writer writer = {do_write};

static int query(const char *name, void **out)
{
	if (!strcmp(name, "reader"))
		*out = &reader;
	else if (!strcmp(name, "writer"))
		*out = &writer;
	else
		return 0;
	return 1;
}

int main(void)
{
	struct reader *r;
	void *w;
	int sum = 0;

	if (query("reader", (void **)&r))
		sum += r->read(0); /* -> do_read; closed */
	if (query("writer", &w))
		sum += ((struct writer *)w)->write(0); /* -> do_write; closed */
	return sum == 3 && !query("x", &w) ? 0 : 1;
}
