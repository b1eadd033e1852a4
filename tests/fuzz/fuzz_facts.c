/*
 * Any bytes as facts to link. Random bytes are no facts, so each 8 of the input are a
 * change to good ones: where, and what is there then. What is accepted must link to a
 * trace that can be read.
 */
#include "analyzer/facts.h"
#include "analyzer/link.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "core/static_json.h"
#include "tests/random_facts.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	NUNITS = 4
};

static void change(const struct text *bytes, const uint8_t *data, size_t size)
{
	for (size_t i = 0; i + 8 <= size; i += 8) {
		uint32_t at;

		memcpy(&at, data + i, sizeof(at));
		at %= (uint32_t)bytes->len / 4;
		memcpy(bytes->bytes + 4 * (size_t)at, data + i + 4, 4);
	}
}

static void check_link(struct facts *images, size_t nimages)
{
	const struct link_options options = {.root = "/src", .tool_version = "fuzz"};
	struct json_source source = {.name = "linked"};
	struct arena arena = {0};
	struct static_trace trace, again;
	struct error err;
	char *json = NULL;
	FILE *stream = open_memstream(&json, &source.size);

	link_facts(&arena, images, nimages, &options, &trace);
	if (!static_json_write(&trace, stream))
		abort(); /* not assert(): NDEBUG may be set */
	fclose(stream);
	source.bytes = json;
	if (!static_json_read_source(&arena, &source, &again, &err)) {
		error_print(&err, "fuzz");
		abort();
	}
	arena_release(&arena);
	free(json);
}

/* The images of `bytes`, as far as they are good. */
static void link_all(const struct text *bytes)
{
	struct facts images[NUNITS];
	size_t count = 0, at = 0;
	struct error err;

	while (count < NUNITS && at < bytes->len &&
		facts_open(bytes->bytes + at, bytes->len - at, "fuzz", at, &images[count],
			&err))
		at += images[count++].size;
	if (count)
		check_link(images, count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct random_trace random = {.state = 1};
	scoped_text raw = {0}, changed = {0};

	text_add_bytes(&raw, (const char *)data, size);
	text_add(&raw, "");
	link_all(&raw);
	for (size_t i = 0; i < NUNITS; i++)
		random_facts(&random, i, NUNITS, &changed);
	change(&changed, data, size);
	link_all(&changed);
	return 0;
}
