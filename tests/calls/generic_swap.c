/* Swaps and sorts of anything by its size, through a buffer of bytes, as every C library has them. */
#include <stddef.h>
#include <string.h>

typedef int (*function)(int);

struct item {
	int key;
	function run;
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static void swap(void *a, void *b, size_t size)
{
	char buffer[64];

	memcpy(buffer, a, size);
	memcpy(a, b, size);
	memcpy(b, buffer, size);
}

static void swap_bytes(void *a, void *b, size_t size)
{
	char *left = a, *right = b;

	while (size--) {
		char saved = *left;

		*left++ = *right;
		*right++ = saved;
	}
}

static void sort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = i; j > 0; j--) {
			char *at = (char *)base + j * size;

			if (compare(at - size, at) > 0) /* -> by_key; closed */
				swap_bytes(at - size, at, size);
		}
}

static int by_key(const void *a, const void *b)
{
	return ((const struct item *)a)->key - ((const struct item *)b)->key;
}

int main(void)
{
	function a = one, b = two, c = one, d = two;
	struct item items[] = {{2, two}, {1, one}};
	int sum;

	swap(&a, &b, sizeof(a));
	swap_bytes(&c, &d, sizeof(c));
	sort(items, 2, sizeof(items[0]), by_key);
	sum = a(0); /* -> two, one (may); sound */
	sum += c(0); /* -> two, one (may); sound */
	return sum + items[0].run(0) == 5 ? 0 : 1; /* -> one, two (may); sound */
}
