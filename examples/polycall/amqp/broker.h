/* Messages through an AMQP broker: named queues that outlive the programs. */
#ifndef POLYCALL_AMQP_BROKER_H
#define POLYCALL_AMQP_BROKER_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

struct amqp_connection_state_t_;
struct failure;

/* A zeroed struct is a closed connection. */
struct broker {
	struct amqp_connection_state_t_ *connection;
};

/* Called for each message; false leaves it in the queue, for a later worker. */
typedef bool broker_message_fn(void *context, const char *text, size_t len);

/* Connect to the URL in POLYCALL_AMQP, by default a broker on this machine. */
bool broker_open(struct broker *broker, struct failure *why);
void broker_close(struct broker *broker);

/* Put `text` into `queue`, which is made when it is missing. */
bool broker_publish(struct broker *broker, const char *queue, const char *text,
	struct failure *why);

/*
 * Hand the messages of `queue`, a constant, to `take` one at a time until broker_stop is
 * set: then true.
 */
bool broker_consume(struct broker *broker, const char *queue, broker_message_fn *take,
	void *context, struct failure *why);

/* Set by a signal handler to end broker_consume(). */
extern volatile sig_atomic_t broker_stop;

#endif
