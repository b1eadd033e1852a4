/* The headers of a request, as carriers of a trace's context. */
#ifndef RELAY_HEADERS_H
#define RELAY_HEADERS_H

#include "pcarch_trace.h"

struct MHD_Connection;
struct curl_slist;

/* What came in: read only. */
struct pcarch_carrier headers_of_request(struct MHD_Connection *connection);

/* What goes out: each set adds to `*headers`, the caller's for curl_slist_free_all(). */
struct pcarch_carrier headers_to_send(struct curl_slist **headers);

#endif
