/* build: -fno-strict-aliasing */
/* Messages with a header as first member, copied into a buffer of bytes and taken out by their type. */
#include <stdlib.h>
#include <string.h>

typedef int (*function)(int);

struct header {
	int type;
};

struct call_message {
	struct header header;
	function run;
};

struct buffer {
	size_t length;
	char data[];
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static struct buffer *buffer_new(const void *data, size_t length)
{
	struct buffer *buffer = malloc(sizeof(*buffer) + length);

	if (!buffer)
		abort();
	buffer->length = length;
	memcpy(buffer->data, data, length);
	return buffer;
}

static int handle(const struct header *header)
{
	if (header->type != 1)
		return 0;
	return ((const struct call_message *)header)->run(0); /* -> one, two (may); closed */
}

int main(void)
{
	struct call_message message = {{1}, one};
	function f = two;
	struct buffer *first = buffer_new(&message, sizeof(message));
	struct buffer *second = buffer_new(&f, sizeof(f));
	int sum = handle((struct header *)first->data);

	sum += (*(function *)second->data)(0); /* -> two, one (may); sound */
	free(first);
	free(second);
	return sum == 3 ? 0 : 1;
}
