/*
 * Facts images from a cache or an archive: what opens must link. The input is images, and
 * says how images of a made-up program, which hang together, are damaged.
 */
#include "analyzer/facts/attribute_text.h"
#include "analyzer/facts/facts.h"
#include "analyzer/facts/facts_image.h"
#include "analyzer/link/link.h"
#include "analyzer/rules/rules.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/static_json.h"
#include "core/trace.h"
#include "tests/random_program.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	MAX_IMAGES = 64,
};

/* Those that ship, read once. */
static const struct rules *shipped_rules(void)
{
	static struct rules rules;
	static struct arena arena;
	const struct rules_request request = {0};
	struct error err;

	if (!rules.index && !rules_load(&arena, &request, &rules, &err))
		abort();
	return &rules;
}

static void link_all(struct facts *images, size_t nimages)
{
	struct link_options options = {
		.root = "/root", .rules = shipped_rules(), .tool_version = "0"};
	struct arena arena = {0};
	struct static_trace trace;
	FILE *null = fopen("/dev/null", "w");

	link_facts(&arena, images, nimages, &options, &trace);
	if (null && !static_json_write(&trace, null))
		abort();
	if (null)
		fclose(null);
	arena_release(&arena);
}

/* The header is made good, which no fuzzer finds: magic, version, size. */
static void mend(char *bytes, size_t size)
{
	struct facts_header header;

	if (size < sizeof(header))
		return;
	memcpy(&header, bytes, sizeof(header));
	memcpy(header.magic, FACTS_MAGIC, sizeof(header.magic));
	header.version = FACTS_VERSION;
	header.nsections = FACTS_NSECTIONS;
	if (header.size > size)
		header.size = size;
	memcpy(bytes, &header, sizeof(header));
}

static void read_images(char *bytes, size_t size)
{
	struct facts images[MAX_IMAGES];
	size_t nimages = 0, at = 0;
	struct error err;

	while (at < size && nimages < MAX_IMAGES) {
		mend(bytes + at, size - at);
		if (!facts_open(bytes + at, size - at, (struct facts_place){"x", at},
			    &images[nimages], &err))
			break;
		at += images[nimages++].size;
	}
	link_all(images, nimages);
}

/* The first byte is which program; then each four say where it is damaged, and how. */
static void read_damaged(const uint8_t *data, size_t size)
{
	static const uint32_t values[] = {0, 1, 2, 9, 0x7fffffff, 0x80000000, FACTS_NONE};
	struct random_trace random = {.state = size ? data[0] : 0};
	struct text bytes = {0};

	for (size_t unit = 0; unit < 2; unit++)
		random_program(&random, unit, 2, &bytes);
	for (size_t i = 1; i + 4 <= size; i += 4) {
		size_t at = ((size_t)data[i] << 8 | data[i + 1]) % (bytes.len / 4);
		uint32_t value = data[i + 2] < 7 ? values[data[i + 2]] : data[i + 3];

		memcpy(bytes.bytes + at * 4, &value, sizeof(value));
	}
	read_images(bytes.bytes, bytes.len);
	text_release(&bytes);
}

static void read_attributes(const uint8_t *data, size_t size)
{
	struct attributes attributes;
	char *text = malloc(size + 1);

	if (!text)
		return;
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	attributes_parse(text, &attributes);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t whole = size & ~(size_t)7; /* images are aligned, and so are their sizes */
	char *bytes = malloc(whole + 8);

	if (!bytes)
		return 0;
	if (whole)
		memcpy(bytes, data, whole);
	read_images(bytes, whole);
	free(bytes);
	read_damaged(data, size);
	read_attributes(data, size);
	return 0;
}
