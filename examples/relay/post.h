/* One outgoing request. */
#ifndef RELAY_POST_H
#define RELAY_POST_H

#include <stdbool.h>

struct curl_slist;

/*
 * POST `json` to `url` with `headers` ("Name: value") besides its own, and wait for the
 * answer, five seconds at most. Returns its status; 0: there was none, and `why` says
 * why.
 */
long post_json(const char *url, const char *json, const struct curl_slist *headers,
	const char **why);

#endif
