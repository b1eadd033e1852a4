#include "core/trace_context.h"

#include "core/trace_environment.h"
#include "core/trace_headers.h"

#include <string.h>

static size_t get(const struct trace_carrier *carrier, const char *name,
	struct trace_value *values, size_t room)
{
	return carrier->get ? carrier->get(carrier->context, name, values, room) : 0;
}

/* A header that stands there at most once; `text` NULL: not there. */
static struct trace_value get_one(const struct trace_carrier *carrier, const char *name,
	size_t *count)
{
	struct trace_value value = {NULL, 0};

	*count = get(carrier, name, &value, 1);
	return value;
}

static void clear(struct trace_context *context)
{
	memset(context, 0, offsetof(struct trace_context, tracestate));
	context->tracestate[0] = '\0';
}

static void take(struct trace_context *context, const struct trace_header *header)
{
	context->has_context = header->has_ids;
	context->is_denied = !header->has_ids && !(header->flags & TRACE_SAMPLED);
	if (!header->has_ids)
		return;
	memcpy(context->trace_id, header->trace_id, TRACE_ID_SIZE);
	memcpy(context->parent_id, header->span_id, SPAN_ID_SIZE);
	context->flags = header->flags;
}

static void take_state(struct trace_context *context, const struct trace_value *values,
	size_t count)
{
	unsigned nmembers = 0;
	bool ok = count <= TRACE_VALUES_MAX;

	for (size_t i = 0; i < count && ok; i++)
		ok = trace_header_state(context, &nmembers, values[i]);
	if (!ok) {
		context->tracestate_length = 0;
		context->problems |= TRACE_STATE_INVALID;
	}
	context->tracestate[context->tracestate_length] = '\0';
}

/* Of each source: false when it is not there. */
static bool read_w3c(struct trace_context *context, const struct trace_carrier *carrier)
{
	struct trace_value values[TRACE_VALUES_MAX];
	struct trace_header header;
	size_t count;
	struct trace_value parent = get_one(carrier, "traceparent", &count);

	if (!count)
		return false;
	context->source = TRACE_SOURCE_W3C;
	if (count > 1) {
		context->problems |= TRACE_PARENT_REPEATED;
	} else if (!trace_header_parent(&header, parent)) {
		context->problems |= TRACE_PARENT_INVALID;
	} else {
		take(context, &header);
		take_state(context, values,
			get(carrier, "tracestate", values, TRACE_VALUES_MAX));
	}
	return true;
}

enum reading {
	READ_NOTHING,
	READ_INVALID,
	READ_HEADER,
};

static enum reading get_b3_single(struct trace_header *out,
	const struct trace_carrier *carrier)
{
	size_t count;
	struct trace_value value = get_one(carrier, "b3", &count);

	if (!count)
		return READ_NOTHING;
	return count == 1 && trace_header_b3(out, value) ? READ_HEADER : READ_INVALID;
}

static enum reading get_b3_multi(struct trace_header *out,
	const struct trace_carrier *carrier, bool is_decided)
{
	struct trace_b3_values values;
	bool is_there = false, is_repeated = false;
	size_t counts[4];

	values.trace_id = get_one(carrier, "x-b3-traceid", &counts[0]);
	/* Without an id it could only say whether to sample: that is decided. */
	if (is_decided && !counts[0])
		return READ_NOTHING;
	values.span_id = get_one(carrier, "x-b3-spanid", &counts[1]);
	values.sampled = get_one(carrier, "x-b3-sampled", &counts[2]);
	values.flags = get_one(carrier, "x-b3-flags", &counts[3]);
	for (size_t i = 0; i < 4; i++) {
		is_there |= counts[i] > 0;
		is_repeated |= counts[i] > 1;
	}
	if (!is_there)
		return READ_NOTHING;
	return !is_repeated && trace_header_b3_multi(out, &values) ? READ_HEADER
								   : READ_INVALID;
}

static bool is_same_trace(const struct trace_context *context,
	const struct trace_header *header)
{
	/* Who knows 64 bits of an id sends its right half. */
	size_t start = header->is_short ? TRACE_ID_SIZE / 2 : 0;

	return memcmp(context->trace_id + start, header->trace_id + start,
		       TRACE_ID_SIZE - start) == 0;
}

/* Take it when no source came before it; otherwise only look whether they agree. */
static void consider(struct trace_context *context, enum trace_source source,
	enum reading reading, const struct trace_header *header)
{
	if (reading == READ_NOTHING)
		return;
	if (context->source != TRACE_SOURCE_NONE) {
		if (reading == READ_HEADER && header->has_ids && context->has_context &&
			!is_same_trace(context, header))
			context->problems |= TRACE_DISAGREES;
		return;
	}
	context->source = source;
	if (reading == READ_HEADER)
		take(context, header);
	else
		context->problems |= TRACE_B3_INVALID;
}

static void read_environment(struct trace_context *context, char *const *environment)
{
	const char *parent = trace_environment_get(environment, "TRACEPARENT");
	const char *state = trace_environment_get(environment, "TRACESTATE");
	struct trace_header header;
	struct trace_value value;

	if (!parent)
		return;
	context->source = TRACE_SOURCE_ENVIRONMENT;
	if (!trace_header_parent(&header, (struct trace_value){parent, strlen(parent)})) {
		context->problems |= TRACE_PARENT_INVALID;
		return;
	}
	take(context, &header);
	if (!state)
		return;
	value = (struct trace_value){state, strlen(state)};
	take_state(context, &value, 1);
}

bool trace_correlation_is_valid(const char *text, size_t length)
{
	static const bool is_valid[256] = {['a' ... 'z'] = true,
		['A' ... 'Z'] = true,
		['0' ... '9'] = true,
		['.'] = true,
		['_'] = true,
		['-'] = true};
	bool all = true;

	if (!length || length > TRACE_CORRELATION_MAX)
		return false;
	for (size_t i = 0; i < length; i++)
		all &= is_valid[(uint8_t)text[i]];
	return all;
}

static void read_correlation(struct trace_context *context,
	const struct trace_carrier *carrier)
{
	size_t count;
	struct trace_value value =
		trace_value_trim(get_one(carrier, "x-correlation-id", &count));

	if (!count)
		return;
	if (count > 1 || !trace_correlation_is_valid(value.text, value.length)) {
		context->problems |= TRACE_CORRELATION_INVALID;
		return;
	}
	memcpy(context->correlation, value.text, value.length);
	context->correlation[value.length] = '\0';
}

bool trace_context_extract(struct trace_context *out, const struct trace_carrier *carrier)
{
	struct trace_header header;
	enum reading reading;

	clear(out);
	read_w3c(out, carrier);
	reading = get_b3_single(&header, carrier);
	consider(out, TRACE_SOURCE_B3_SINGLE, reading, &header);
	reading = get_b3_multi(&header, carrier, out->source != TRACE_SOURCE_NONE);
	consider(out, TRACE_SOURCE_B3_MULTI, reading, &header);
	if (out->source == TRACE_SOURCE_NONE && carrier->environment)
		read_environment(out, carrier->environment);
	if (out->source == TRACE_SOURCE_NONE)
		out->problems |= TRACE_MISSING;
	read_correlation(out, carrier);
	return out->has_context;
}

void trace_context_start(struct trace_context *context, enum trace_policy policy,
	const uint8_t nonce[TRACE_ID_SIZE])
{
	bool is_denied = context->is_denied && policy != TRACE_RESTART;

	context->has_link = context->has_context && policy != TRACE_RESTART;
	context->link = (struct trace_link){0};
	if (context->has_link) {
		memcpy(context->link.trace_id, context->trace_id, TRACE_ID_SIZE);
		memcpy(context->link.span_id, context->parent_id, SPAN_ID_SIZE);
	}
	if (policy == TRACE_RESTART)
		context->correlation[0] = '\0';
	if (context->has_context && policy == TRACE_CONTINUE)
		return;
	memcpy(context->trace_id, nonce, TRACE_ID_SIZE);
	memset(context->parent_id, 0, SPAN_ID_SIZE);
	context->flags = is_denied ? TRACE_RANDOM : TRACE_SAMPLED | TRACE_RANDOM;
	context->has_context = false;
	context->tracestate_length = 0;
	context->tracestate[0] = '\0';
}

void trace_context_parent(const struct trace_context *context,
	const uint8_t span_id[SPAN_ID_SIZE], char out[TRACEPARENT_SIZE])
{
	memcpy(out, "00-", 3);
	out = trace_hex_put(out + 3, context->trace_id, TRACE_ID_SIZE);
	*out++ = '-';
	out = trace_hex_put(out, span_id, SPAN_ID_SIZE);
	*out++ = '-';
	out = trace_hex_put(out, &context->flags, 1);
	*out = '\0';
}

static bool set(const struct trace_carrier *carrier, const char *name, const char *value,
	size_t length)
{
	return carrier->set && carrier->set(carrier->context, name, value, length);
}

static bool set_b3(const struct trace_carrier *carrier, const char *parent,
	unsigned formats)
{
	/* Its parts are those of traceparent, "00-TRACE-SPAN-FLAGS". */
	const char *trace_id = parent + 3, *span_id = parent + 36;
	char value[TRACEPARENT_SIZE];
	bool ok = true;

	memcpy(value, trace_id, 50);
	memcpy(value + 50, parent[54] & 1 ? "1" : "0", 2);
	if (formats & TRACE_FORMAT_B3_SINGLE)
		ok = set(carrier, "b3", value, 51);
	if (!(formats & TRACE_FORMAT_B3_MULTI))
		return ok;
	ok = set(carrier, "x-b3-sampled", value + 50, 1) && ok;
	value[32] = '\0';
	ok = set(carrier, "x-b3-traceid", value, 32) && ok;
	memcpy(value, span_id, 16);
	value[16] = '\0';
	return set(carrier, "x-b3-spanid", value, 16) && ok;
}

bool trace_context_inject(const struct trace_context *context,
	const uint8_t span_id[SPAN_ID_SIZE], const char *correlation,
	const struct trace_carrier *carrier)
{
	unsigned formats = carrier->formats ? carrier->formats : TRACE_FORMAT_W3C;
	char parent[TRACEPARENT_SIZE];
	bool ok = true;

	trace_context_parent(context, span_id, parent);
	if (formats & TRACE_FORMAT_W3C) {
		ok = set(carrier, "traceparent", parent, TRACEPARENT_SIZE - 1);
		if (context->tracestate_length)
			ok = set(carrier, "tracestate", context->tracestate,
				     context->tracestate_length) &&
			     ok;
	}
	ok = set_b3(carrier, parent, formats) && ok;
	if (correlation && *correlation)
		ok = set(carrier, "x-correlation-id", correlation, strlen(correlation)) &&
		     ok;
	return ok;
}

enum trace_echo trace_correlation_echo(const char *sent,
	const struct trace_carrier *response)
{
	size_t count;
	struct trace_value value =
		trace_value_trim(get_one(response, "x-correlation-id", &count));

	if (!count)
		return TRACE_ECHO_ABSENT;
	if (count == 1 && value.length == strlen(sent) &&
		memcmp(value.text, sent, value.length) == 0)
		return TRACE_ECHO_SAME;
	return TRACE_ECHO_DIFFERS;
}
