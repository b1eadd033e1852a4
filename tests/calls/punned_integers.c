/* build: -fno-strict-aliasing */
/* A function's bits moved as an integer of its size, read and written through casts of addresses. */
#include <stdint.h>

typedef int (*function)(int);

struct raw {
	unsigned char bytes[sizeof(function)];
};

struct message {
	uint64_t words[2];
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

int main(void)
{
	function source = one, copy, second = two, twin;
	uint64_t bits = *(uint64_t *)&source;
	struct message message = {{0, (uintptr_t)two}};
	int sum;

	*(uint64_t *)&copy = bits;
	*(struct raw *)&twin = *(struct raw *)&second;
	sum = copy(0); /* -> one, two (may); sound */
	sum += twin(0); /* -> two, one (may); sound */
	return sum + ((function)message.words[1])(0) == 5 ? 0 : 1; /* -> two, one (may); sound */
}
