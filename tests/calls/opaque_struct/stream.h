#include <stddef.h>

struct stream;

typedef int (*stream_read)(void *context, char *buffer, size_t size);
typedef void (*stream_close)(void *context);

struct stream *stream_new(void *context, stream_read read, stream_close close);
int stream_get(struct stream *stream);
void stream_free(struct stream *stream);
