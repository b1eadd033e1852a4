/* A function taken apart into bytes by a union, and put together again in another. */
#include <stddef.h>
#include <string.h>

union parts {
	int (*whole)(int);
	unsigned char bytes[sizeof(int (*)(int))];
	unsigned long word;
};

struct part_of_message {
	unsigned char payload[16];
};

union other_parts {
	int (*function)(int);
	unsigned char bytes[8];
};

static int one(int x)
{
	return x + 1;
}

int main(void)
{
	union parts from = {.whole = one}, to = {0};
	union other_parts other;
	struct part_of_message message;
	int sum;

	for (size_t i = 0; i < sizeof(to.bytes); i++)
		to.bytes[i] = from.bytes[i];
	for (size_t i = 0; i < sizeof(from.bytes); i++)
		message.payload[i] = from.bytes[i];
	memcpy(other.bytes, message.payload, sizeof(other.bytes));
	sum = to.whole(0); /* -> one; sound */
	return sum + other.function(0) == 2 ? 0 : 1; /* -> one; sound */
}
