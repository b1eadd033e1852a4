#include "amqp/broker.h"

#include "core/failure.h"
#include "core/story.h"

#include <amqp.h>
#include <amqp_tcp_socket.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

enum {
	CHANNEL = 1,
	MAX_URL = 256,
	MAX_HEADERS = 8
};

volatile sig_atomic_t broker_stop;

static bool check_reply(amqp_rpc_reply_t reply, const char *what, struct failure *why)
{
	switch (reply.reply_type) {
	case AMQP_RESPONSE_NORMAL:
		return true;
	case AMQP_RESPONSE_LIBRARY_EXCEPTION:
		return failure_set(why, "cannot %s: %s", what,
			amqp_error_string2(reply.library_error));
	default:
		return failure_set(why, "cannot %s: the broker refused it", what);
	}
}

static bool log_in(struct broker *broker, const struct amqp_connection_info *info,
	struct failure *why)
{
	amqp_socket_t *socket = amqp_tcp_socket_new(broker->connection);
	struct timeval timeout = {.tv_sec = 2};
	amqp_rpc_reply_t reply;
	int status;

	if (!socket)
		return failure_set(why, "out of memory");
	status = amqp_socket_open_noblock(socket, info->host, info->port, &timeout);
	if (status != AMQP_STATUS_OK)
		return failure_set(why, "no broker at %.100s:%d: %s", info->host,
			info->port, amqp_error_string2(status));
	reply = amqp_login(broker->connection, info->vhost, 0, AMQP_DEFAULT_FRAME_SIZE, 0,
		AMQP_SASL_METHOD_PLAIN, info->user, info->password);
	if (!check_reply(reply, "log in", why))
		return false;
	amqp_channel_open(broker->connection, CHANNEL);
	return check_reply(amqp_get_rpc_reply(broker->connection), "open a channel", why);
}

bool broker_open(struct broker *broker, struct failure *why)
{
	const char *named = getenv("POLYCALL_AMQP");
	struct amqp_connection_info info;
	char url[MAX_URL];

	/* amqp_parse_url cuts the text into pieces, which `info` then points at. */
	if (snprintf(url, sizeof(url), "%s",
		    named ? named : "amqp://guest:guest@127.0.0.1:5672") >= MAX_URL ||
		amqp_parse_url(url, &info) != AMQP_STATUS_OK)
		return failure_set(why,
			"POLYCALL_AMQP is not amqp://USER:PASSWORD@HOST:PORT");
	broker->connection = amqp_new_connection();
	if (!broker->connection)
		return failure_set(why, "out of memory");
	if (log_in(broker, &info, why))
		return true;
	broker_close(broker);
	return false;
}

void broker_close(struct broker *broker)
{
	if (broker->connection)
		amqp_destroy_connection(broker->connection);
	broker->connection = NULL;
}

static bool declare_queue(struct broker *broker, const char *queue, struct failure *why)
{
	amqp_queue_declare(broker->connection, CHANNEL, amqp_cstring_bytes(queue), 0, 1,
		0, 0, amqp_empty_table);
	return check_reply(amqp_get_rpc_reply(broker->connection), "declare the queue",
		why);
}

/* What a message says beside its text: a table of long strings, as AMQP calls them. */
struct headers {
	amqp_table_entry_t entries[MAX_HEADERS];
	int count;
	char values[STORY_HEADERS_SIZE];
	size_t used;
};

static bool add_header(void *message, const char *name, const char *value, size_t length)
{
	struct headers *headers = message;
	char *copy = headers->values + headers->used;

	if (headers->count == MAX_HEADERS ||
		length > sizeof(headers->values) - headers->used)
		return false;
	memcpy(copy, value, length);
	headers->used += length;
	headers->entries[headers->count++] = (amqp_table_entry_t){
		.key = amqp_cstring_bytes(name),
		.value = {.kind = AMQP_FIELD_KIND_UTF8, .value.bytes = {length, copy}},
	};
	return true;
}

bool broker_publish(struct broker *broker, const char *queue, const char *text,
	struct failure *why)
{
	amqp_basic_properties_t properties = {
		._flags = AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG,
		.content_type = amqp_cstring_bytes("text/plain"),
		.delivery_mode = AMQP_DELIVERY_PERSISTENT,
	};
	struct headers headers = {.count = 0};
	struct pcarch_call call;
	int status;

	if (!declare_queue(broker, queue, why))
		return false;
	story_send(&call, queue, add_header, &headers);
	if (headers.count) {
		properties._flags |= AMQP_BASIC_HEADERS_FLAG;
		properties.headers = (amqp_table_t){headers.count, headers.entries};
	}
	status = amqp_basic_publish(broker->connection, CHANNEL, amqp_empty_bytes,
		amqp_cstring_bytes(queue), 0, 0, &properties, amqp_cstring_bytes(text));
	story_sent(&call, status == AMQP_STATUS_OK);
	if (status != AMQP_STATUS_OK)
		return failure_set(why, "cannot publish: %s", amqp_error_string2(status));
	return true;
}

static bool is_named(amqp_bytes_t key, const char *name)
{
	return key.len == strlen(name) && memcmp(key.bytes, name, key.len) == 0;
}

static size_t find_header(void *message, const char *name, struct story_value *values,
	size_t room)
{
	const amqp_table_t *headers = message;
	size_t count = 0;

	for (int i = 0; i < headers->num_entries; i++) {
		const amqp_table_entry_t *entry = &headers->entries[i];

		if (!is_named(entry->key, name) ||
			(entry->value.kind != AMQP_FIELD_KIND_UTF8 &&
				entry->value.kind != AMQP_FIELD_KIND_BYTES))
			continue;
		if (count < room)
			values[count] =
				(struct story_value){entry->value.value.bytes.bytes,
					entry->value.value.bytes.len};
		count++;
	}
	return count;
}

static bool is_timeout(amqp_rpc_reply_t reply)
{
	return reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION &&
	       reply.library_error == AMQP_STATUS_TIMEOUT;
}

/* What a worker is handed, in the story of who sent it. */
static bool take_in_story(const char *queue, amqp_envelope_t *envelope,
	broker_message_fn *take, void *context)
{
	const amqp_basic_properties_t *properties = &envelope->message.properties;
	amqp_table_t headers = amqp_empty_table;
	bool is_taken;

	if (properties->_flags & AMQP_BASIC_HEADERS_FLAG)
		headers = properties->headers;
	story_take("amqp", find_header, &headers);
	story_route(queue);
	story_received(queue, envelope->redelivered);
	is_taken =
		take(context, envelope->message.body.bytes, envelope->message.body.len);
	story_taken(is_taken ? 200 : 503);
	return is_taken;
}

/* Wait up to a second, so that a stop is noticed, and hand over what came. */
static bool take_message(struct broker *broker, const char *queue,
	broker_message_fn *take, void *context, struct failure *why)
{
	struct timeval timeout = {.tv_sec = 1};
	amqp_rpc_reply_t reply;
	amqp_envelope_t envelope;

	amqp_maybe_release_buffers(broker->connection);
	reply = amqp_consume_message(broker->connection, &envelope, &timeout, 0);
	if (is_timeout(reply))
		return true;
	if (!check_reply(reply, "receive", why))
		return false;
	if (take_in_story(queue, &envelope, take, context))
		amqp_basic_ack(broker->connection, CHANNEL, envelope.delivery_tag, 0);
	else
		amqp_basic_reject(broker->connection, CHANNEL, envelope.delivery_tag, 1);
	amqp_destroy_envelope(&envelope);
	return true;
}

bool broker_consume(struct broker *broker, const char *queue, broker_message_fn *take,
	void *context, struct failure *why)
{
	if (!declare_queue(broker, queue, why))
		return false;
	amqp_basic_consume(broker->connection, CHANNEL, amqp_cstring_bytes(queue),
		amqp_empty_bytes, 0, 0, 0, amqp_empty_table);
	if (!check_reply(amqp_get_rpc_reply(broker->connection), "consume", why))
		return false;
	while (!broker_stop) {
		if (!take_message(broker, queue, take, context, why))
			return false;
	}
	return true;
}
