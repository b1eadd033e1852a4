/*
 * What it costs to take a trace's context from the headers of a request and to put it on
 * the next one, against one keyed BLAKE2b call, in turns. Prints a line: name, ratio,
 * limit, what it is; exit 1 beyond the limit.
 */
#include "core/guid.h"
#include "core/guid_key.h"
#include "core/span_ids.h"
#include "core/trace_context.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum {
	ROUNDS = 400,
	REQUESTS = 200, /* in a round */
	HEADERS = 8,
};

static const double limit = 1.0;

struct headers {
	struct {
		const char *name;
		struct trace_value value;
	} items[HEADERS];
	size_t count;
	char bytes[1024]; /* of the values that were set */
	size_t used;
};

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static size_t get(void *context, const char *name, struct trace_value *values,
	size_t room)
{
	const struct headers *headers = context;
	size_t count = 0;

	for (size_t i = 0; i < headers->count; i++) {
		const char *own = headers->items[i].name;

		if ((*own | 0x20) != *name || strcasecmp(own, name) != 0)
			continue;
		if (count < room)
			values[count] = headers->items[i].value;
		count++;
	}
	return count;
}

static bool set(void *context, const char *name, const char *value, size_t length)
{
	struct headers *headers = context;
	char *copy = headers->bytes + headers->used;

	memcpy(copy, value, length + 1);
	headers->used += length + 1;
	headers->items[headers->count].name = name;
	headers->items[headers->count++].value = (struct trace_value){copy, length};
	return true;
}

/* As a service gets them from another one that is traced. */
static void fill(struct headers *headers)
{
	static const char *const rows[][2] = {{"Host", "localhost:8470"},
		{"Accept", "*/*"}, {"Content-Type", "application/json"},
		{"traceparent",
			"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03"},
		{"X-Correlation-ID", "01969bec0b2070a1a2a3a4a5a6a7a8a9"
				     "a4c79db8f91e62ba598451687b169a63"}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		set(headers, rows[i][0], rows[i][1], strlen(rows[i][1]));
}

static uint64_t measure_context(struct headers *in, struct span_ids *ids)
{
	static struct trace_context context;
	static const uint8_t nonce[TRACE_ID_SIZE] = {1};
	const struct trace_carrier from = {.context = in, .get = get};
	struct headers out;
	const struct trace_carrier to = {.context = &out, .set = set};
	uint64_t start = now_ns();

	for (int i = 0; i < REQUESTS; i++) {
		uint8_t span_id[SPAN_ID_SIZE];

		out.count = out.used = 0;
		if (!trace_context_extract(&context, &from) ||
			!span_ids_next(ids, span_id))
			return UINT64_MAX;
		trace_context_start(&context, TRACE_CONTINUE, nonce);
		if (!trace_context_inject(&context, span_id, context.correlation, &to))
			return UINT64_MAX;
	}
	return now_ns() - start;
}

/* The smaller of the two that a step needs: C || i. */
static uint64_t measure_hash(void)
{
	static const uint8_t personal[16] = "pcarch.guid.tag";
	uint8_t message[36] = {0};
	const uint8_t key[32] = {1};
	uint64_t start = now_ns();

	for (int i = 0; i < REQUESTS; i++)
		crypto_generichash_blake2b_salt_personal(message, 16, message,
			sizeof(message), key, sizeof(key), NULL, personal);
	return now_ns() - start;
}

int main(void)
{
	uint64_t best_context = UINT64_MAX, best_hash = UINT64_MAX;
	struct headers in = {0};
	struct span_ids ids = {0};
	double ratio;

	if (sodium_init() < 0) /* its fastest code */
		return 2;
	fill(&in);
	for (int i = 0; i < ROUNDS; i++) {
		uint64_t passed = measure_context(&in, &ids), hashed = measure_hash();

		best_context = passed < best_context ? passed : best_context;
		best_hash = hashed < best_hash ? hashed : best_hash;
	}
	ratio = (double)best_context / (double)best_hash;
	printf("context %.2f %.2f  %.0f ns to extract and inject, against %.0f ns of one "
	       "hash\n",
		ratio, limit, (double)best_context / REQUESTS,
		(double)best_hash / REQUESTS);
	return ratio > limit;
}
