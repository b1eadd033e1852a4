/* What POST /test is asked to do: [{"url": "http://…", "arguments": ANY JSON}, …]. */
#ifndef RELAY_MESSAGE_H
#define RELAY_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

struct cJSON;

struct message {
	struct cJSON *actions; /* an array of objects, each with a "url" */
};

/* Read `len` bytes; false: they are not such a list. message_release() it. */
bool message_parse(struct message *message, const char *bytes, size_t len);
void message_release(struct message *message);

size_t message_count(const struct message *message);
const char *message_url(const struct message *message, size_t index);

/* The arguments as JSON, "[]" where there are none: free() it. NULL: no memory. */
char *message_arguments(const struct message *message, size_t index);

#endif
