/* A struct that its users never see inside: callbacks with their context go in through a function. */
#include "stream.h"

#include <stdlib.h>

struct stream {
	void *context;
	stream_read read;
	stream_close close;
};

struct stream *stream_new(void *context, stream_read read, stream_close close)
{
	struct stream *stream = calloc(1, sizeof(*stream));

	if (stream)
		*stream = (struct stream){.context = context, .read = read, .close = close};
	return stream;
}

int stream_get(struct stream *stream)
{
	char c;

	return stream->read(stream->context, &c, 1) == 1 ? c : -1; /* -> read_string; closed */
}

void stream_free(struct stream *stream)
{
	if (stream->close)
		stream->close(stream->context); /* -> close_string; closed */
	free(stream);
}
