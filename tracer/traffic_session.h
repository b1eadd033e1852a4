/* A server that runs while things are sent to it, recorded from its start to its end. */
#ifndef PCARCH_TRACER_TRAFFIC_SESSION_H
#define PCARCH_TRACER_TRAFFIC_SESSION_H

#include "tracer/traffic_trial.h"

#include <stdbool.h>
#include <stddef.h>

struct error;
struct traffic_driver;
struct traffic_item;

struct traffic_session {
	struct traffic_driver *driver;
	const char *program; /* NULL: nothing runs */
	const struct traffic_server *server;
	struct traffic_trial trial; /* of the server */
	unsigned port;
	int handle; /* of the server itself, below what records it; -1: not known */
	struct traffic_item **sent; /* heap: what it got, to be judged at its end */
	size_t nsent, room;
};

/* Start the server of the item, unless it runs; another one that does ends first. */
bool traffic_session_open(struct traffic_session *session, struct traffic_driver *driver,
	const struct traffic_item *item, struct error *err);

/* Send it the item. What fails is said there. */
void traffic_session_send(struct traffic_session *session, struct traffic_item *item);

/* The server ended by itself. */
bool traffic_session_is_over(struct traffic_session *session);

/* End it; what it recorded says which handlers ran. Harmless when nothing runs. */
void traffic_session_close(struct traffic_session *session);

#endif
