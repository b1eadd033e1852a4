#include "analyzer/facts/facts.h"

#include "analyzer/facts/facts_image.h"
#include "core/arena.h"
#include "core/error.h"
#include "tests/random_facts.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* One image of exact size on the heap, so that a sanitizer sees a read past its end. */
static char *image_of(uint64_t seed, size_t *size)
{
	struct random_facts random = {.state = seed, .nfiles = 4, .nnames = 6};
	struct text text = {0};
	char *image;

	random_facts_image(&random, 0, false, &text);
	image = memcpy(xmalloc(text.len), text.bytes, text.len);
	*size = text.len;
	text_release(&text);
	return image;
}

static bool opens(const char *bytes, size_t size, struct error *err)
{
	struct facts facts;

	return facts_open(bytes, size, (struct facts_place){"x.facts", 0}, &facts, err);
}

/* Read everything that a linker reads: what facts_open() lets through must be safe to
 * follow. */
static size_t follow(const struct facts *facts)
{
	size_t sum = strlen(facts_string(facts, facts->unit->path)) +
		     strlen(facts_string(facts, facts->unit->arguments)) +
		     strlen(facts_string(facts, facts->unit->reason)) +
		     strlen(facts_string(facts, facts->unit->prefix));

	for (size_t i = 0; i < facts->nfiles; i++)
		sum += strlen(facts_string(facts, facts->files[i].path));
	for (size_t i = 0; i < facts->nfunctions; i++) {
		const struct facts_function *fn = &facts->functions[i];

		sum += strlen(facts_string(facts, fn->name)) +
		       strlen(facts_string(facts, fn->signature)) +
		       strlen(facts_string(facts, fn->symbol)) +
		       strlen(facts_string(facts, fn->target));
		sum += fn->file == FACTS_NONE ? 0 : facts->files[fn->file].path;
		for (uint32_t s = 0; s < fn->nsites; s++)
			sum += facts->sites[fn->first_site + s].line;
	}
	for (size_t i = 0; i < facts->nuses; i++)
		sum += facts->functions[facts->uses[i].used].line;
	for (size_t i = 0; i < facts->ndiagnostics; i++)
		sum += strlen(facts_string(facts, facts->diagnostics[i].text));
	return sum;
}

Test(facts, give_back_what_was_built)
{
	struct facts_builder *builder = facts_builder_new();
	struct text image = {0};
	struct error err;
	struct facts facts;
	uint32_t file, caller, callee;

	file = facts_add_file(builder,
		(struct facts_file){.path = facts_intern(builder, "/src/a.c")});
	callee = facts_add_function(builder,
		(struct facts_function){
			.name = facts_intern(builder, "callee"), .file = FACTS_NONE});
	caller = facts_add_function(builder,
		(struct facts_function){.name = facts_intern(builder, "caller"),
			.file = file,
			.line = 7,
			.nsites = 1,
			.flags = FACTS_DEFINED});
	facts_add_site(builder, (struct facts_site){.node = FACTS_NONE,
					.file = file,
					.line = 9,
					.spelling_file = FACTS_NONE,
					.callee = callee});
	facts_add_use(builder, (struct facts_use){caller, callee});
	facts_add_diagnostic(builder, (struct facts_diagnostic){.file = FACTS_NONE,
					      .severity = 3,
					      .text = facts_intern(builder, "an error")});
	facts_build(builder,
		(struct facts_unit){.path = facts_intern(builder, "/src/a.c"),
			.status = UNIT_PARTIAL},
		&image);
	facts_builder_free(builder);

	cr_assert(facts_open(image.bytes, image.len, (struct facts_place){"x", 0}, &facts,
		&err));
	cr_assert_eq(facts.size, image.len);
	cr_assert_eq(facts.nfiles, 1);
	cr_assert_eq(facts.nfunctions, 2);
	cr_assert_eq(facts.nsites, 1);
	cr_assert_eq(facts.nuses, 1);
	cr_assert_eq(facts.ndiagnostics, 1);
	cr_assert_str_eq(facts_string(&facts, facts.functions[caller].name), "caller");
	cr_assert_eq(facts.functions[caller].line, 7);
	cr_assert_eq(facts.sites[0].callee, callee);
	cr_assert_eq(facts.uses[0].used, callee);
	cr_assert_str_eq(facts_string(&facts, facts.diagnostics[0].text), "an error");
	cr_assert_str_eq(facts_string(&facts, facts.files[file].path), "/src/a.c");
	cr_assert_eq(facts.unit->status, UNIT_PARTIAL);
	text_release(&image);
}

Test(facts, strings_are_kept_once)
{
	struct facts_builder *builder = facts_builder_new();

	cr_assert_eq(facts_intern(builder, ""), 0);
	cr_assert_eq(facts_intern(builder, "x"), facts_intern(builder, "x"));
	cr_assert_neq(facts_intern(builder, "x"), facts_intern(builder, "xy"));
	facts_builder_free(builder);
}

Test(facts, images_follow_one_another)
{
	struct random_facts random = {.state = 3, .nfiles = 4, .nnames = 6};
	struct text archive = {0};
	struct error err;
	size_t at = 0, count = 0;

	for (unsigned i = 0; i < 5; i++)
		random_facts_image(&random, i, false, &archive);
	while (at < archive.len) {
		struct facts facts;

		cr_assert(facts_open(archive.bytes + at, archive.len - at,
				  (struct facts_place){"x", at}, &facts, &err),
			"%s", err.text);
		at += facts.size;
		count++;
	}
	cr_assert_eq(count, 5);
	text_release(&archive);
}

Test(facts, what_is_cut_short_is_refused)
{
	struct error err;
	size_t size;
	char *image = image_of(1, &size);

	cr_assert(opens(image, size, &err));
	for (size_t len = 0; len < size; len++) {
		char *cut = memcpy(xmalloc(len + 1), image, len);

		cr_assert_not(opens(cut, len, &err), "%zu of %zu bytes", len, size);
		free(cut);
	}
	free(image);
}

Test(facts, flipped_bits_are_refused_or_harmless)
{
	size_t size, refused = 0;
	char *image = image_of(2, &size);

	for (size_t bit = 0; bit < size * 8; bit++) {
		struct error err;
		struct facts facts;

		image[bit / 8] ^= (char)(1 << bit % 8);
		if (facts_open(image, size, (struct facts_place){"x", 0}, &facts, &err))
			follow(&facts);
		else
			refused++;
		image[bit / 8] ^= (char)(1 << bit % 8);
	}
	/* Every bit of the magic, the version and the number of sections counts. */
	cr_assert_geq(refused, 16 * 8);
	free(image);
}

Test(facts, random_garbage_behind_a_good_header_is_refused_or_harmless)
{
	struct random_facts random = {.state = 7};

	for (unsigned round = 0; round < 2000; round++) {
		size_t size;
		char *image = image_of(round % 50, &size);
		struct error err;
		struct facts facts;

		for (unsigned i = 0; i < 8; i++)
			image[16 + random_facts_below(&random, (uint32_t)size - 16)] =
				(char)random_facts_below(&random, 256);
		if (facts_open(image, size, (struct facts_place){"x", 0}, &facts, &err))
			follow(&facts);
		free(image);
	}
}

Test(facts, messages_name_file_and_offset)
{
	struct error err;
	size_t size;
	char *image = image_of(1, &size);
	struct facts facts;

	image[0] = 'X';
	cr_assert_not(facts_open(image, size, (struct facts_place){"all.facts", 4096},
		&facts, &err));
	cr_assert_not_null(strstr(err.text, "4096"), "%s", err.text);
	cr_assert_str_eq(err.file, "all.facts");
	free(image);
}

Test(facts, of_another_version_say_so)
{
	struct error err;
	size_t size;
	char *image = image_of(1, &size);

	((struct facts_header *)image)->version++;
	cr_assert_not(opens(image, size, &err));
	cr_assert_not_null(strstr(err.text, "another version"), "%s", err.text);
	free(image);
}
