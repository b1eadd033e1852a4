/*
 * One HTTP request to a server on this machine, and what it says of it: RFC 9112. No TLS,
 * no redirects, no other machine.
 */
#ifndef PCARCH_TRACER_TRAFFIC_HTTP_H
#define PCARCH_TRACER_TRAFFIC_HTTP_H

#include "core/traffic_rules.h"

#include <stdbool.h>
#include <stddef.h>

struct error;

struct traffic_request {
	const char *url; /* "http://127.0.0.1:8080", and a path that targets follow */
	const char *method, *target;
	const char *body; /* NULL: none */
	const char *nonce; /* goes as X-Correlation-ID; NULL: none */
	struct traffic_pairs headers;
	unsigned timeout_s;
	bool is_sent; /* out: it went to the server, whatever that made of it */
};

/*
 * Send it, and read the reply to its end or its first MiB. Fails when it cannot be sent,
 * when there is no reply in time (errno is ETIMEDOUT), and on one that is not HTTP.
 */
bool traffic_http_send(struct traffic_request *request, int *status, struct error *err);

/* The number in the status line that a reply begins with; -1: it is none. */
int traffic_http_status(const char *bytes, size_t size);

#endif
