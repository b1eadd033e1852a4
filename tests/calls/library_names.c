/* Names of library functions for things of one's own: what is known of those is not true of these. */
#include <unistd.h>

struct stream {
	int (*read)(int);
};

static int (*kept)(int);

static int own_write(int x)
{
	return x + 1;
}

static int do_read(int x)
{
	return x + 2;
}

static int later(int x)
{
	return x + 4;
}

static int never(int x)
{
	return x + 100;
}

/* It calls nothing now, unlike the library's, and its argument is another one. */
static int pthread_create(int (*first)(int), int (*second)(int), int (*third)(int))
{
	kept = first;
	return second != third;
}

int main(void)
{
	int (*write)(int) = own_write;
	struct stream stream = {do_read};
	int sum = write(0); /* -> own_write; closed */

	sum += stream.read(0); /* -> do_read; closed */
	sum += pthread_create(later, never, never); /* -> pthread_create; closed */
	return sum + kept(0) == 7 ? 0 : 1; /* -> later; closed */
}
