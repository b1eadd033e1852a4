/*
 * What pcarch_extract() of a request's headers and pcarch_inject() into those of the next
 * one cost, against one keyed BLAKE2b call, in turns. Prints a line: name, ratio, limit,
 * what it is; exit 1 beyond the limit.
 */
#include "tracer/pcarch_trace.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
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
		struct pcarch_value value;
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

static size_t get(void *context, const char *name, struct pcarch_value *values,
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
	headers->items[headers->count++].value = (struct pcarch_value){copy, length};
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

static uint64_t measure_carrier(struct headers *in)
{
	const struct pcarch_carrier from = {.data = in, .get = get};
	struct headers out;
	const struct pcarch_carrier to = {.data = &out, .set = set};
	uint64_t start = now_ns();

	for (int i = 0; i < REQUESTS; i++) {
		struct pcarch_link link;

		out.count = out.used = 0;
		if (!pcarch_extract(&from, &link) || !pcarch_inject(NULL, &to))
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
	uint64_t best_carrier = UINT64_MAX, best_hash = UINT64_MAX;
	struct headers in = {0};
	struct pcarch_execution *execution;
	double ratio;

	if (sodium_init() < 0) /* its fastest code */
		return 2;
	unsetenv("PCARCH_LOG");
	fill(&in);
	execution = pcarch_begin(NULL);
	for (int i = 0; i < ROUNDS; i++) {
		uint64_t passed = measure_carrier(&in), hashed = measure_hash();

		best_carrier = passed < best_carrier ? passed : best_carrier;
		best_hash = hashed < best_hash ? hashed : best_hash;
	}
	pcarch_end(execution, 0);
	ratio = (double)best_carrier / (double)best_hash;
	printf("carrier %.2f %.2f  %.0f ns to extract and inject, against %.0f ns of one "
	       "hash\n",
		ratio, limit, (double)best_carrier / REQUESTS,
		(double)best_hash / REQUESTS);
	return ratio > limit;
}
