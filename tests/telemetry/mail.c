/*
 * Messages through a real broker, as a program sends them that has headers and ids of its
 * own: mail URL send QUEUE, mail URL show QUEUE.
 */
#include <amqp.h>
#include <amqp_tcp_socket.h>
#include <pcarch_trace.h>
#include <stdio.h>
#include <string.h>

enum {
	CHANNEL = 1,
	MAX_HEADERS = 8
};

struct headers {
	amqp_table_entry_t entries[MAX_HEADERS];
	char values[MAX_HEADERS][600];
	int count;
};

static bool add(void *data, const char *name, const char *value, size_t length)
{
	struct headers *headers = data;
	int at = headers->count;

	if (at == MAX_HEADERS || length >= sizeof(headers->values[at]))
		return false;
	memcpy(headers->values[at], value, length);
	headers->entries[at].key = amqp_cstring_bytes(name);
	headers->entries[at].value.kind = AMQP_FIELD_KIND_UTF8;
	headers->entries[at].value.value.bytes.len = length;
	headers->entries[at].value.value.bytes.bytes = headers->values[at];
	headers->count++;
	return true;
}

/* What the application says of the message is its own, and so is one of the headers. */
static bool send(amqp_connection_state_t connection, const char *queue)
{
	struct headers headers = {.count = 0};
	const struct pcarch_carrier carrier = {&headers, NULL, add};
	amqp_basic_properties_t properties = {
		._flags = AMQP_BASIC_CORRELATION_ID_FLAG | AMQP_BASIC_REPLY_TO_FLAG |
			  AMQP_BASIC_MESSAGE_ID_FLAG | AMQP_BASIC_HEADERS_FLAG,
		.correlation_id = amqp_cstring_bytes("order-4711"),
		.reply_to = amqp_cstring_bytes("answers"),
		.message_id = amqp_cstring_bytes("message-1"),
	};

	add(&headers, "x-tenant", "north", 5);
	if (!pcarch_inject(NULL, &carrier))
		return false;
	properties.headers.num_entries = headers.count;
	properties.headers.entries = headers.entries;
	amqp_queue_declare(connection, CHANNEL, amqp_cstring_bytes(queue), 0, 1, 0, 0,
		amqp_empty_table);
	return amqp_basic_publish(connection, CHANNEL, amqp_empty_bytes,
		       amqp_cstring_bytes(queue), 0, 0, &properties,
		       amqp_cstring_bytes("upper hello")) == AMQP_STATUS_OK;
}

static void print(const char *name, const amqp_bytes_t *value, bool is_there)
{
	if (is_there)
		printf("%s: %.*s\n", name, (int)value->len, (const char *)value->bytes);
}

/* The first message of the queue, which stays in it; false when there is none. */
static bool show(amqp_connection_state_t connection, const char *queue)
{
	const amqp_basic_properties_t *had;
	amqp_message_t message;
	amqp_rpc_reply_t reply;

	reply = amqp_basic_get(connection, CHANNEL, amqp_cstring_bytes(queue), 0);
	if (reply.reply_type != AMQP_RESPONSE_NORMAL ||
		reply.reply.id != AMQP_BASIC_GET_OK_METHOD ||
		amqp_read_message(connection, CHANNEL, &message, 0).reply_type !=
			AMQP_RESPONSE_NORMAL)
		return false;
	had = &message.properties;
	print("correlation_id", &had->correlation_id,
		had->_flags & AMQP_BASIC_CORRELATION_ID_FLAG);
	print("reply_to", &had->reply_to, had->_flags & AMQP_BASIC_REPLY_TO_FLAG);
	print("message_id", &had->message_id, had->_flags & AMQP_BASIC_MESSAGE_ID_FLAG);
	for (int i = 0; i < had->headers.num_entries; i++) {
		const amqp_table_entry_t *entry = &had->headers.entries[i];

		printf("%.*s %c %.*s\n", (int)entry->key.len,
			(const char *)entry->key.bytes, entry->value.kind,
			(int)entry->value.value.bytes.len,
			(const char *)entry->value.value.bytes.bytes);
	}
	print("body", &message.body, true);
	amqp_destroy_message(&message);
	return true;
}

static bool log_in(amqp_connection_state_t connection, char *url)
{
	struct amqp_connection_info info;
	amqp_socket_t *socket = amqp_tcp_socket_new(connection);

	if (amqp_parse_url(url, &info) != AMQP_STATUS_OK ||
		amqp_socket_open(socket, info.host, info.port) != AMQP_STATUS_OK)
		return false;
	if (amqp_login(connection, info.vhost, 0, AMQP_DEFAULT_FRAME_SIZE, 0,
		    AMQP_SASL_METHOD_PLAIN, info.user, info.password)
			.reply_type != AMQP_RESPONSE_NORMAL)
		return false;
	amqp_channel_open(connection, CHANNEL);
	return amqp_get_rpc_reply(connection).reply_type == AMQP_RESPONSE_NORMAL;
}

int main(int argc, char **argv)
{
	amqp_connection_state_t connection = amqp_new_connection();
	struct pcarch_execution *run;
	bool is_done;

	if (argc != 4 || !log_in(connection, argv[1])) {
		fprintf(stderr, "mail: no broker\n");
		return 2;
	}
	run = pcarch_begin(&(struct pcarch_start){.program = "mail"});
	is_done = strcmp(argv[2], "send") == 0 ? send(connection, argv[3])
					       : show(connection, argv[3]);
	amqp_connection_close(connection, AMQP_REPLY_SUCCESS);
	amqp_destroy_connection(connection);
	pcarch_end(run, is_done ? 0 : 1);
	return is_done ? 0 : 1;
}
