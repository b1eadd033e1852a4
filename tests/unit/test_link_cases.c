#include "analyzer/link/link.h"

#include "analyzer/facts/facts_builder.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/static_json.h"
#include "core/text.h"
#include "core/trace.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_UNITS = 4
};

/* A program being put together: images, and what they point into. */
static struct facts_builder *builder;
static char *images[MAX_UNITS];
static struct facts opened[MAX_UNITS];
static size_t nimages;
static struct arena arena;

static void begin_unit(void)
{
	builder = facts_builder_new();
}

static uint32_t file(const char *path)
{
	return facts_add_file(builder,
		(struct facts_file){.path = facts_intern(builder, path)});
}

/* Each stands on a line of its own. */
static uint32_t function(const char *name, uint32_t at, unsigned line, unsigned flags)
{
	return facts_add_function(builder,
		(struct facts_function){
			.name = facts_intern(builder, name),
			.signature = facts_intern(builder, "int (void)"),
			.file = at,
			.line = line,
			.offset = line * 10,
			.flags = flags,
		});
}

/* Calls of `caller` come one after the other. */
static void call(uint32_t caller, uint32_t callee, unsigned line)
{
	struct facts_function *fn = facts_function(builder, caller);
	uint32_t site = facts_add_site(builder, (struct facts_site){
							.node = FACTS_NONE,
							.file = fn->file,
							.line = line,
							.spelling_file = FACTS_NONE,
							.callee = callee,
							.expression = CALLEE_NAME,
						});

	if (!fn->nsites++)
		fn->first_site = site;
}

static void end_unit(const char *path)
{
	struct text image = {0};
	struct error err;

	facts_build(builder,
		(struct facts_unit){
			.kind = FACTS_UNIT, .path = facts_intern(builder, path)},
		&image);
	facts_builder_free(builder);
	images[nimages] = image.bytes;
	cr_assert(facts_open(image.bytes, image.len, (struct facts_place){path, 0},
			  &opened[nimages], &err),
		"%s", err.text);
	nimages++;
}

static void drop_program(void)
{
	for (size_t i = 0; i < nimages; i++)
		free(images[i]);
	nimages = 0;
	arena_release(&arena);
}

/* The images in the order `order`, or as they are made where that is NULL. */
static struct static_trace link_program(const size_t *order)
{
	static const struct link_options options = {.root = "/p", .tool_version = "test"};
	struct facts inputs[MAX_UNITS];
	struct static_trace trace;

	for (size_t i = 0; i < nimages; i++)
		inputs[i] = opened[order ? order[i] : i];
	link_facts(&arena, inputs, nimages, &options, &trace);
	return trace;
}

static char *json_of(const struct static_trace *trace)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	cr_assert(static_json_write(trace, out));
	fclose(out);
	return text;
}

static const struct function *find(const struct static_trace *trace, const char *name)
{
	for (size_t i = 0; i < trace->nfunctions; i++)
		if (strcmp(trace->functions[i].name, name) == 0)
			return &trace->functions[i];
	return NULL;
}

/* Three units that share an inline function and call each other. */
static void make_program(void)
{
	static const char *const paths[] = {"/p/a.c", "/p/b.c", "/p/c.c"};
	static const char *const names[] = {"main", "b", "c"};

	for (size_t i = 0; i < 3; i++) {
		uint32_t own, shared, next, source, header;

		begin_unit();
		source = file(paths[i]);
		header = file("/p/shared.h");
		own = function(names[i], source, 1, FACTS_DEFINED);
		shared = function("shared", header, 7, FACTS_DEFINED | FACTS_INTERNAL);
		next = function(names[(i + 1) % 3], header, 9, 0);
		call(own, shared, 2);
		call(own, next, 3);
		end_unit(paths[i]);
	}
}

Test(link_cases, order_of_the_units_does_not_matter, .fini = drop_program)
{
	static const size_t orders[][3] = {
		{0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
	struct static_trace trace;
	char *first, *other;

	make_program();
	trace = link_program(NULL);
	first = json_of(&trace);
	cr_assert_eq(trace.nfunctions, 4);
	cr_assert_eq(trace.ncalls, 6);
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		trace = link_program(orders[i]);
		other = json_of(&trace);
		cr_assert_str_eq(other, first);
		free(other);
	}
	free(first);
}

Test(link_cases, a_unit_given_twice_counts_once, .fini = drop_program)
{
	static const size_t again[] = {0, 0};
	struct static_trace trace;

	begin_unit();
	function("f", file("/p/a.c"), 1, FACTS_DEFINED);
	end_unit("/p/a.c");
	images[nimages] = NULL;
	opened[nimages++] = opened[0];
	trace = link_program(again);
	cr_assert_eq(trace.nunits, 1);
	cr_assert_eq(trace.nfunctions, 1);
}

Test(link_cases, a_program_without_calls_has_none, .fini = drop_program)
{
	struct static_trace trace;

	begin_unit();
	function("f", file("/p/a.c"), 1, FACTS_DEFINED);
	end_unit("/p/a.c");
	trace = link_program(NULL);
	cr_assert_eq(trace.nsites, 0);
	cr_assert_eq(trace.ncalls, 0);
	cr_assert_eq(trace.norphans, 0, "a library's function is for others");
}

Test(link_cases, a_call_of_an_alias_in_a_system_header_keeps_what_it_stands_for,
	.fini = drop_program)
{
	uint32_t caller, alias, header;
	struct static_trace trace;

	begin_unit();
	header = file("/usr/include/h.h");
	caller = function("main", file("/p/a.c"), 1, FACTS_DEFINED);
	alias = function("other_name", header, 5, FUNCTION_ALIAS | FACTS_SYSTEM);
	facts_function(builder, alias)->target = facts_intern(builder, "real");
	function("real", header, 3, FACTS_DEFINED | FACTS_INTERNAL | FACTS_SYSTEM);
	call(caller, alias, 2);
	end_unit("/p/a.c");
	trace = link_program(NULL);
	cr_assert_eq(trace.ncalls, 1);
	cr_assert_str_eq(trace.calls[0].via, "alias");
	cr_assert_str_eq(trace.functions[trace.calls[0].callee].name, "real");
}

Test(link_cases, a_file_of_the_program_is_none_of_the_system_whatever_it_is_called,
	.fini = drop_program)
{
	static const char *const paths[] = {"/p/<", "/p/<a>", "/p/<b/c.c"};
	static const char *const names[] = {"f", "g", "h"};
	static const char *const modules[] = {"./<", "./<a>", "./<b/c"};
	struct static_trace trace;

	begin_unit();
	for (size_t i = 0; i < 3; i++)
		function(names[i], file(paths[i]), 1, FACTS_DEFINED);
	end_unit(paths[0]);
	trace = link_program(NULL);
	for (size_t i = 0; i < 3; i++) {
		const struct function *fn = find(&trace, names[i]);

		cr_assert_not_null(fn);
		cr_assert_eq(fn->type, FUNCTION_PUBLIC);
		cr_assert_str_eq(fn->module, modules[i]);
	}
}
