/* One request to the polycall service. */
#ifndef POLYCALL_CORE_HTTP_CLIENT_H
#define POLYCALL_CORE_HTTP_CLIENT_H

#include <stdbool.h>

struct failure;

struct http_reply {
	int status; /* 200, 503, … */
	char body[2048];
};

/*
 * Send `method` `path` with `body` (NULL: none) to the address in the setting `service`,
 * and wait at most two seconds for the reply. True when there is one, whatever its
 * status.
 */
bool http_request(const char *method, const char *path, const char *body,
	struct http_reply *reply, struct failure *why);

#endif
