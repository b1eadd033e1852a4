/* A copy that is no memcpy: bytes in a loop of one's own, and a copier that is called by pointer. */
#include <stddef.h>
#include <string.h>

struct ops {
	int (*run)(int);
};

struct other {
	int (*run)(int);
};

static int first(int x)
{
	return x + 1;
}

static int second(int x)
{
	return x + 2;
}

static void copy_bytes(void *to, const void *from, size_t size)
{
	char *out = to;
	const char *in = from;

	while (size--)
		*out++ = *in++;
}

static void *(*copier)(void *, const void *, size_t) = memcpy;

int main(void)
{
	struct ops source = {first}, copy = {0};
	struct other other = {second}, twin = {0};
	int (*plain)(int);
	int sum;

	copy_bytes(&copy, &source, sizeof(copy));
	copier(&twin, &other, sizeof(twin)); /* -> memcpy; closed */
	copy_bytes(&plain, &twin.run, sizeof(plain));
	sum = copy.run(0); /* -> first, second (may); sound */
	sum += twin.run(0); /* -> second, first (may); sound */
	return sum + plain(0) == 5 ? 0 : 1; /* -> second, first (may); sound */
}
