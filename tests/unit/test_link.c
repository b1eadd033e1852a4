#include "analyzer/link/link.h"

#include "analyzer/facts/facts.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "core/static_json.h"
#include "core/trace.h"
#include "tests/random_facts.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_IMAGES = 24,
};

/* A program as images in one block of bytes. */
struct program {
	struct text bytes;
	struct facts images[MAX_IMAGES];
	size_t nimages;
};

static void program_release(struct program *program)
{
	text_release(&program->bytes);
}

#define scoped_program __attribute__((cleanup(program_release))) struct program

static bool open_all(struct program *program)
{
	struct error err;

	program->nimages = 0;
	for (size_t at = 0; at < program->bytes.len;) {
		struct facts *image = &program->images[program->nimages];

		if (!facts_open(program->bytes.bytes + at, program->bytes.len - at,
			    (struct facts_place){"x", at}, image, &err))
			return false;
		at += image->size;
		program->nimages++;
	}
	return true;
}

static void make(struct program *program, uint64_t seed, unsigned nimages,
	bool has_prefixes)
{
	struct random_facts random = {.state = seed, .nfiles = 5, .nnames = 9};

	*program = (struct program){0};
	for (unsigned i = 0; i < nimages; i++)
		random_facts_image(&random, i, has_prefixes, &program->bytes);
	cr_assert(open_all(program));
}

/* The trace of the images, as the file that it becomes; free() it. */
static char *linked(const struct facts *images, size_t nimages)
{
	struct link_options options = {.root = "/root", .tool_version = "0"};
	struct facts copy[2 * MAX_IMAGES];
	struct arena arena = {0};
	struct static_trace trace;
	char *json = NULL;
	size_t size;
	FILE *stream = open_memstream(&json, &size);

	if (nimages)
		memcpy(copy, images, nimages * sizeof(*images));
	link_facts(&arena, copy, nimages, &options, &trace);
	cr_assert(static_json_write(&trace, stream));
	fclose(stream);
	arena_release(&arena);
	return json;
}

static void shuffle(struct random_facts *random, struct facts *images, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t other = random_facts_below(random, (uint32_t)i);
		struct facts image = images[i - 1];

		images[i - 1] = images[other];
		images[other] = image;
	}
}

Test(link, does_not_depend_on_the_order_of_the_images)
{
	for (uint64_t seed = 0; seed < 60; seed++) {
		struct random_facts random = {.state = seed};
		scoped_program program;
		char *first;

		make(&program, seed, 2 + seed % 20, seed % 2);
		first = linked(program.images, program.nimages);
		for (unsigned round = 0; round < 4; round++) {
			char *again;

			shuffle(&random, program.images, program.nimages);
			again = linked(program.images, program.nimages);
			cr_assert_str_eq(again, first, "seed %u", (unsigned)seed);
			free(again);
		}
		free(first);
	}
}

Test(link, an_image_that_comes_twice_counts_once)
{
	for (uint64_t seed = 0; seed < 30; seed++) {
		scoped_program program;
		struct facts twice[2 * MAX_IMAGES];
		char *once, *again;

		make(&program, seed, 8, true);
		once = linked(program.images, program.nimages);
		memcpy(twice, program.images, program.nimages * sizeof(*twice));
		memcpy(twice + program.nimages, program.images,
			program.nimages * sizeof(*twice));
		again = linked(twice, 2 * program.nimages);
		cr_assert_str_eq(once, again, "seed %u", (unsigned)seed);
		free(once);
		free(again);
	}
}

/* What is written can be read, so every reference in it is good. */
Test(link, makes_a_trace_that_reads_back)
{
	for (uint64_t seed = 0; seed < 30; seed++) {
		scoped_program program;
		struct static_trace trace;
		struct arena arena = {0};
		struct error err;
		char *json;

		make(&program, seed, 10, seed % 2);
		json = linked(program.images, program.nimages);
		cr_assert(static_json_read_source(&arena,
				  &(struct json_source){"x", json, strlen(json)}, &trace,
				  &err),
			"%s", err.text);
		free(json);
		arena_release(&arena);
	}
}

Test(link, nothing_is_an_empty_trace)
{
	char *json = linked(NULL, 0);

	cr_assert_not_null(strstr(json, "\"unit_count\": 0"));
	free(json);
}

/* Facts come from a cache or an archive that anyone may have written. */
Test(link, survives_every_damage_that_opens)
{
	struct random_facts random = {.state = 1};
	unsigned nlinked = 0;

	for (unsigned round = 0; round < 6000; round++) {
		scoped_program program;
		size_t at;

		make(&program, round % 20, 3, round % 2);
		at = 96 + random_facts_below(&random, (uint32_t)program.bytes.len - 96);
		program.bytes.bytes[at] ^= (char)(1 << random_facts_below(&random, 8));
		if (!open_all(&program))
			continue;
		free(linked(program.images, program.nimages));
		nlinked++;
	}
	cr_assert_gt(nlinked, 1000);
}
