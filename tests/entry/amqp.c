/* librabbitmq calls nothing back: the function around the call that consumes. */
#include <stddef.h>

typedef struct {
	size_t len;
	void *bytes;
} amqp_bytes_t;
typedef struct {
	int reply_type;
} amqp_rpc_reply_t;
struct amqp_connection;
struct amqp_envelope;

amqp_bytes_t amqp_cstring_bytes(const char *);
void *amqp_basic_consume(struct amqp_connection *, unsigned short, amqp_bytes_t,
	amqp_bytes_t, int, int, int, void *);
void *amqp_queue_bind(struct amqp_connection *, unsigned short, amqp_bytes_t,
	amqp_bytes_t, amqp_bytes_t, void *);
amqp_rpc_reply_t amqp_consume_message(struct amqp_connection *, struct amqp_envelope *,
	const void *, int);

#define QUEUE "orders"

static int handle(struct amqp_envelope *envelope)
{
	return envelope != NULL;
}

static void consume_orders(struct amqp_connection *connection,
	struct amqp_envelope *envelope)
{
	amqp_bytes_t empty = {0};

	amqp_queue_bind(connection, 1, amqp_cstring_bytes(QUEUE),
		amqp_cstring_bytes("shop"), empty, NULL);
	amqp_basic_consume(connection, 1, amqp_cstring_bytes(QUEUE), empty, 0, 0, 0,
		NULL);
	while (!amqp_consume_message(connection, envelope, NULL, 0).reply_type)
		handle(envelope);
}

int main(int argc, char **argv)
{
	consume_orders((struct amqp_connection *)argv, (struct amqp_envelope *)argv);
	return argc > 1;
}
