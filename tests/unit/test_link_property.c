#include "analyzer/facts/facts.h"
#include "analyzer/facts/facts_image.h"
#include "analyzer/link/link.h"
#include "analyzer/rules/rules.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "core/static_json.h"
#include "tests/random_program.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	NUNITS = 9
};

/* With the rules that ship: what is made up calls libraries, too. */
static struct link_options options = {.root = "/src", .tool_version = "test"};
static struct rules rules;
static struct arena rules_arena;

static void load_rules(void)
{
	const struct rules_request request = {0};
	struct error err;

	cr_assert(rules_load(&rules_arena, &request, &rules, &err), "%s", err.text);
	options.rules = &rules;
}

static void drop_rules(void)
{
	rules_release(&rules);
	arena_release(&rules_arena);
}

TestSuite(link_property, .init = load_rules, .fini = drop_rules);

/* The facts of one program, as an archive of all its units. */
struct program {
	struct text bytes;
	struct facts images[NUNITS];
};

static void program_open(struct program *program, uint64_t seed)
{
	struct random_trace random = {.state = seed};
	struct error err;
	size_t at = 0;

	*program = (struct program){0};
	for (size_t i = 0; i < NUNITS; i++)
		random_program(&random, i, NUNITS, &program->bytes);
	for (size_t i = 0; i < NUNITS; i++) {
		cr_assert(facts_open(program->bytes.bytes + at, program->bytes.len - at,
				  (struct facts_place){"", at}, &program->images[i],
				  &err),
			"%s", err.text);
		at += program->images[i].size;
	}
	cr_assert_eq(at, program->bytes.len);
}

static void program_close(struct program *program)
{
	text_release(&program->bytes);
}

/* What `images`, which are put in order, link to, as static.json; the caller's. */
static char *linked(struct facts *images, size_t nimages, size_t *size)
{
	struct arena arena = {0};
	struct static_trace trace;
	char *json = NULL;
	FILE *stream = open_memstream(&json, size);

	link_facts(&arena, images, nimages, &options, &trace);
	cr_assert(static_json_write(&trace, stream));
	fclose(stream);
	arena_release(&arena);
	return json;
}

static void shuffle(struct random_trace *random, struct facts *images, size_t nimages)
{
	for (size_t i = nimages; i > 1; i--) {
		size_t other = random_below(random, i);
		struct facts kept = images[i - 1];

		images[i - 1] = images[other];
		images[other] = kept;
	}
}

static size_t count_text(const char *text, const char *part)
{
	size_t count = 0;

	for (; (text = strstr(text, part)); text++)
		count++;
	return count;
}

Test(link_property, order_and_repetition_of_inputs_do_not_matter)
{
	size_t nroutes = 0;

	for (uint64_t seed = 1; seed <= 20; seed++) {
		struct random_trace random = {.state = seed * 77};
		struct facts images[3 * NUNITS];
		struct program program;
		size_t size, expected_size;
		char *expected;

		program_open(&program, seed);
		memcpy(images, program.images, sizeof(program.images));
		expected = linked(images, NUNITS, &expected_size);
		cr_assert_not_null(strstr(expected, "\"via\":"), "nothing is called");
		nroutes += count_text(expected, "\"route_id\":");
		for (size_t round = 0; round < 10; round++) {
			size_t extra = random_below(&random, 2 * NUNITS);
			char *json;

			memcpy(images, program.images, sizeof(program.images));
			for (size_t i = 0; i < extra; i++)
				images[NUNITS + i] =
					program.images[random_below(&random, NUNITS)];
			shuffle(&random, images, NUNITS + extra);
			json = linked(images, NUNITS + extra, &size);
			cr_assert(size == expected_size &&
					  memcmp(json, expected, size) == 0,
				"seed %d: other bytes in another order", (int)seed);
			free(json);
		}
		free(expected);
		program_close(&program);
	}
	cr_assert_gt(nroutes, 100);
}

static size_t open_archive(const struct text *bytes, struct facts *images)
{
	size_t count = 0;
	struct error err;

	for (size_t at = 0; at < bytes->len; at += images[count++].size)
		cr_assert(facts_open(bytes->bytes + at, bytes->len - at,
				  (struct facts_place){"", at}, &images[count], &err),
			"%s", err.text);
	return count;
}

/* What NUNITS units link to when they are linked in the order that `places` gives. */
static char *linked_by_place(uint64_t seed, const size_t *places, size_t *size)
{
	struct text bytes = {0};
	struct facts images[NUNITS];
	char *json;

	for (size_t i = 0; i < NUNITS; i++) {
		struct random_trace random = {.state = seed * NUNITS + i};

		random_program_placed((struct random_program){.random = &random,
					      .unit = i,
					      .nunits = NUNITS},
			places[i], &bytes);
	}
	cr_assert_eq(open_archive(&bytes, images), NUNITS);
	json = linked(images, NUNITS, size);
	text_release(&bytes);
	return json;
}

/* The linker puts its inputs in order; this is about what it does with them then. */
Test(link_property, order_in_which_units_are_linked_does_not_matter)
{
	size_t nflows = 0, nmodels = 0;

	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct random_trace random = {.state = seed};
		size_t places[NUNITS], expected_size, size;
		char *expected, *json;

		for (size_t i = 0; i < NUNITS; i++)
			places[i] = i;
		expected = linked_by_place(seed, places, &expected_size);
		for (size_t round = 0; round < 6; round++) {
			for (size_t i = NUNITS; i > 1; i--) {
				size_t other = random_below(&random, i);
				size_t place = places[i - 1];

				places[i - 1] = places[other];
				places[other] = place;
			}
			json = linked_by_place(seed, places, &size);
			cr_assert(size == expected_size &&
					  memcmp(json, expected, size) == 0,
				"seed %d: other bytes in another order", (int)seed);
			free(json);
		}
		nflows += count_text(expected, "\"via\": \"flow\"");
		nmodels += count_text(expected, "\"via\": \"model\"");
		free(expected);
	}
	cr_assert_gt(nflows, 1000);
	cr_assert_gt(nmodels, 20);
}

Test(link_property, another_unit_is_another_program)
{
	struct program program;
	struct facts images[NUNITS];
	size_t all, fewer;
	char *json;

	program_open(&program, 1);
	memcpy(images, program.images, sizeof(images));
	json = linked(images, NUNITS, &all);
	free(json);
	memcpy(images, program.images, sizeof(images));
	json = linked(images, NUNITS - 1, &fewer);
	free(json);
	cr_assert_lt(fewer, all);
	program_close(&program);
}

/* As `pcarch link -r` makes it of `images`. */
static void archive(struct facts *images, size_t nimages, struct text *out)
{
	size_t count = link_order(images, nimages);

	text_clear(out);
	for (size_t i = 0; i < count; i++)
		text_add_bytes(out, images[i].start, images[i].size);
}

Test(link_property, archives_are_the_same_however_they_are_grouped)
{
	for (uint64_t seed = 1; seed <= 20; seed++) {
		struct random_trace random = {.state = seed};
		struct facts images[2 * NUNITS];
		struct text all = {0}, left = {0}, right = {0}, joined = {0};
		struct program program;
		size_t cut, count;

		program_open(&program, seed);
		memcpy(images, program.images, sizeof(program.images));
		archive(images, NUNITS, &all);
		/* Two overlapping parts, archived by themselves, then together. */
		memcpy(images, program.images, sizeof(program.images));
		shuffle(&random, images, NUNITS);
		cut = random_below(&random, NUNITS);
		archive(images, cut, &left);
		archive(images + cut / 2, NUNITS - cut / 2, &right);
		count = open_archive(&right, images);
		count += open_archive(&left, images + count);
		archive(images, count, &joined);
		cr_assert(joined.len == all.len &&
				  memcmp(joined.bytes, all.bytes, all.len) == 0,
			"seed %d: another archive of other parts", (int)seed);
		text_release(&all);
		text_release(&left);
		text_release(&right);
		text_release(&joined);
		program_close(&program);
	}
}

Test(link_property, every_truncation_is_refused_with_its_offset)
{
	struct program program;
	struct error err;

	program_open(&program, 3);
	for (size_t size = 0; size < program.images[0].size; size++) {
		struct facts facts;
		/* A copy of exact size, so that a sanitizer sees a read past its end. */
		char *copy = xmalloc(size ? size : 1);

		memcpy(copy, program.bytes.bytes, size);
		cr_assert_not(facts_open(copy, size,
				      (struct facts_place){"x.facts", 4096}, &facts,
				      &err),
			"%zu bytes", size);
		cr_assert(text_has_prefix(err.text, "byte 4096: not a facts file"), "%s",
			err.text);
		cr_assert_str_eq(err.at.file, "x.facts");
		free(copy);
	}
	program_close(&program);
}

/* What an image says, whatever it says, ends in a trace that can be read again. */
static void check_link(struct program *program)
{
	struct facts images[NUNITS];
	struct arena arena = {0};
	struct static_trace trace;
	struct json_source source = {.name = "linked"};
	struct error err;
	char *json;

	memcpy(images, program->images, sizeof(images));
	json = linked(images, NUNITS, &source.size);
	source.bytes = json;
	cr_assert(static_json_read_source(&arena, &source, &trace, &err), "%s", err.text);
	arena_release(&arena);
	free(json);
}

/* Write over one of the 32-bit words of the image; `old` is what was there. */
static char *damage(struct random_trace *random, const struct facts *image, char old[4])
{
	static const uint32_t values[] = {
		0, 1, 2, 7, 0x7fffffff, 0x80000000, FACTS_NONE - 1, FACTS_NONE};
	char *word = (char *)image->start + 4 * random_below(random, image->size / 4);
	uint32_t value;

	memcpy(old, word, sizeof(value));
	memcpy(&value, word, sizeof(value));
	if (random_below(random, 2))
		value = values[random_below(random, 8)];
	else
		value ^= (uint32_t)1 << random_below(random, 32);
	memcpy(word, &value, sizeof(value));
	return word;
}

Test(link_property, damage_is_refused_or_harmless)
{
	struct random_trace random = {.state = 5};
	size_t nlinked = 0;
	struct program program;
	struct error err;

	program_open(&program, 5);
	for (unsigned round = 0; round < 1000; round++) {
		struct facts *image = &program.images[random_below(&random, NUNITS)];
		struct facts kept = *image;
		char old[4], *word = damage(&random, image, old);

		if (facts_open(kept.start, kept.size, (struct facts_place){"x.facts", 0},
			    image, &err)) {
			check_link(&program);
			nlinked++;
		}
		memcpy(word, old, sizeof(old));
		*image = kept;
	}
	cr_assert_gt(nlinked, 150);
	program_close(&program);
}
