#include "stream.h"

struct string {
	const char *next;
	int *closed;
};

static int read_string(void *context, char *buffer, size_t size)
{
	struct string *string = context;

	if (!size || !*string->next)
		return 0;
	*buffer = *string->next++;
	return 1;
}

static void close_string(void *context)
{
	++*((struct string *)context)->closed;
}

int main(void)
{
	int closed = 0;
	struct string string = {"ab", &closed};
	struct stream *first = stream_new(&string, read_string, close_string);
	struct stream *second = stream_new(&string, read_string, NULL);
	int sum;

	if (!first || !second)
		return 1;
	sum = stream_get(first) + stream_get(second);
	stream_free(first);
	stream_free(second);
	return sum == 'a' + 'b' && closed == 1 ? 0 : 1;
}
