/*
 * A program made by hand: facts of functions, call sites and flows, linked, and what then
 * is said of each site in words. One at a time; each site stands on a line of its own.
 */
#ifndef PCARCH_TESTS_MADE_PROGRAM_H
#define PCARCH_TESTS_MADE_PROGRAM_H

#include "analyzer/facts/facts_builder.h"
#include "analyzer/facts/flow_hash.h"
#include "analyzer/link/link.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"
#include "core/trace.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum {
	MADE_UNITS = 8
};

struct made_program {
	struct arena arena;
	struct text images[MADE_UNITS];
	struct facts opened[MADE_UNITS];
	size_t nimages;
	struct link_options options;
	struct static_trace trace;
	struct facts_builder *facts; /* the unit being made */
	const char *path;
	uint32_t source; /* its file */
	uint32_t owner; /* function being made; FACTS_NONE: outside */
	uint32_t first_flow;
	uint32_t f, g, main; /* of the first unit */
	unsigned line; /* the last one used, in all units */
};

static struct made_program made = {.owner = FACTS_NONE};

static inline void made_begin(const char *path)
{
	made.facts = facts_builder_new();
	made.path = path;
	made.source = facts_add_file(made.facts,
		(struct facts_file){.path = facts_intern(made.facts, path)});
	made.owner = FACTS_NONE;
}

static inline uint32_t made_name(const char *name)
{
	return facts_intern(made.facts, name);
}

static inline uint32_t made_file(const char *path)
{
	return facts_add_file(made.facts, (struct facts_file){.path = made_name(path)});
}

/* What flows from now on is of no function. */
static inline void made_outside(void)
{
	if (made.owner != FACTS_NONE)
		facts_function(made.facts, made.owner)->flow_hash =
			flow_hash(made.facts, made.owner, made.first_flow);
	made.owner = FACTS_NONE;
}

static inline void made_end_as(enum unit_status status)
{
	struct text *image = &made.images[made.nimages];
	struct error err;

	made_outside();
	facts_build(made.facts,
		(struct facts_unit){.path = made_name(made.path), .status = status},
		image);
	facts_builder_free(made.facts);
	cr_assert(facts_open(image->bytes, image->len, (struct facts_place){made.path, 0},
			  &made.opened[made.nimages], &err),
		"%s", err.text);
	made.nimages++;
}

static inline void made_end(void)
{
	made_end_as(UNIT_PARSED);
}

/* A function with two parameters, declared or defined on a line of its own. */
static inline uint32_t made_declare(const char *name, uint32_t flags)
{
	made.line++;
	return facts_add_function(made.facts, (struct facts_function){
						      .name = made_name(name),
						      .signature = made_name("int (int)"),
						      .file = made.source,
						      .line = made.line,
						      .offset = made.line * 10,
						      .arity = 2,
						      .flags = flags,
					      });
}

/* A static one, whose body is not being made. */
static inline uint32_t made_static(const char *name)
{
	return made_declare(name, FACTS_DEFINED | FACTS_INTERNAL);
}

/* The sites and flows that are made next are those of `function`. */
static inline void made_body(uint32_t function)
{
	struct facts_function *fn;

	made_outside();
	fn = facts_function(made.facts, function);
	cr_assert_eq(fn->nsites, 0, "its call sites do not stand together");
	fn->first_site = facts_count_sites(made.facts);
	fn->flags |= FACTS_DEFINED;
	made.owner = function;
	made.first_flow = facts_count_flows(made.facts);
}

static inline uint32_t made_site(struct facts_site site)
{
	facts_function(made.facts, made.owner)->nsites++;
	made.line++;
	site.file = made.source;
	site.line = made.line;
	site.spelling_file = FACTS_NONE;
	return facts_add_site(made.facts, site);
}

/* A call by name. */
static inline uint32_t made_call(uint32_t callee)
{
	return made_site((struct facts_site){
		.callee = callee, .expression = CALLEE_NAME, .node = FACTS_NONE});
}

/* A call of what is in `node`; returns the line. */
static inline unsigned made_query(uint32_t node)
{
	made_site((struct facts_site){
		.callee = FACTS_NONE,
		.expression = CALLEE_LOCAL,
		.signature = made_name("int (int)"),
		.node = node,
	});
	return made.line;
}

static inline uint32_t made_node(struct facts_node node)
{
	return facts_add_node(made.facts, node);
}

static inline uint32_t made_address(uint32_t function)
{
	return made_node((struct facts_node){.kind = NODE_FUNCTION, .a = function});
}

static inline uint32_t made_local(const char *name)
{
	return made_node((struct facts_node){
		.kind = NODE_LOCAL, .name = made_name(name)});
}

static inline uint32_t made_global(const char *name, bool is_defined)
{
	return made_node((struct facts_node){
		.kind = NODE_GLOBAL, .a = is_defined, .name = made_name(name)});
}

static inline uint32_t made_parameter(uint32_t function, uint32_t number)
{
	return made_node((struct facts_node){
		.kind = NODE_PARAMETER, .a = function, .b = number});
}

static inline uint32_t made_result(uint32_t function)
{
	return made_node((struct facts_node){.kind = NODE_RESULT, .a = function});
}

static inline uint32_t made_argument(uint32_t site, uint32_t number)
{
	return made_node((struct facts_node){
		.kind = NODE_ARGUMENT, .a = site, .b = number});
}

static inline uint32_t made_answer(uint32_t site)
{
	return made_node((struct facts_node){.kind = NODE_ANSWER, .a = site});
}

static inline uint32_t made_plain(enum facts_node_kind kind)
{
	return made_node((struct facts_node){.kind = (uint16_t)kind});
}

static inline uint32_t made_text(const char *text)
{
	return made_node((struct facts_node){.kind = NODE_TEXT, .name = made_name(text)});
}

/* A record of that name, at its own place in `file`. */
static inline uint32_t made_record(uint32_t file, const char *name, uint32_t flags)
{
	made.line++;
	return facts_add_record(made.facts, (struct facts_record){
						    .file = file,
						    .offset = made.line * 10,
						    .name = made_name(name),
						    .shape = made_name("run"),
						    .flags = flags,
					    });
}

static inline uint32_t made_field(uint32_t record, const char *name)
{
	return made_node((struct facts_node){
		.kind = NODE_FIELD, .a = record, .name = made_name(name)});
}

/* On a line of its own; returns the line. */
static inline unsigned made_flow(uint32_t from, uint32_t to, uint32_t flags)
{
	made.line++;
	facts_add_flow(made.facts, (struct facts_flow){
					   .from = from,
					   .to = to,
					   .file = made.source,
					   .line = made.line,
					   .owner = made.owner,
					   .flags = flags,
				   });
	return made.line;
}

/* What the units make up. */
static inline void made_link(void)
{
	struct facts inputs[MADE_UNITS];

	if (!made.options.root)
		made.options.root = "/p";
	made.options.tool_version = "test";
	memcpy(inputs, made.opened, sizeof(inputs));
	link_facts(&made.arena, inputs, made.nimages, &made.options, &made.trace);
}

static inline void made_finish(void)
{
	made_end();
	made_link();
}

/* A unit with static functions `f` and `g`; what is made next is in its `main`. */
static inline void made_start(void)
{
	made_begin("/p/a.c");
	made.f = made_static("f");
	made.g = made_static("g");
	made.main = made_declare("main", FACTS_DEFINED);
	made_body(made.main);
}

/* A static function that calls its first parameter, in `line`, and returns its second. */
static inline uint32_t made_visit(unsigned *line)
{
	uint32_t visit = made_static("visit"), owner = made.owner;

	made_body(visit);
	*line = made_query(made_parameter(visit, 0));
	made_flow(made_parameter(visit, 1), made_result(visit), 0);
	made_body(owner);
	return visit;
}

static inline void made_drop(void)
{
	for (size_t i = 0; i < made.nimages; i++)
		text_release(&made.images[i]);
	arena_release(&made.arena);
	made = (struct made_program){.owner = FACTS_NONE};
}

static inline const struct call_site *made_site_at(unsigned line)
{
	for (size_t i = 0; i < made.trace.nsites; i++)
		if (made.trace.sites[i].line == line)
			return &made.trace.sites[i];
	cr_assert_fail("no call site in line %u", line);
	return NULL;
}

static inline const char *made_string(const struct text *text)
{
	return arena_strdup(&made.arena, text_string(text));
}

/* "f flow 0.98", "f model 0.90 through qsort", … of the site, with commas between. */
static inline const char *made_calls(unsigned line)
{
	uint32_t site = (uint32_t)(made_site_at(line) - made.trace.sites);
	scoped_text out = {0};

	for (size_t i = 0; i < made.trace.ncalls; i++) {
		const struct call *call = &made.trace.calls[i];

		if (call->site != site)
			continue;
		text_printf(&out, "%s%s %s %.2f", out.len ? ", " : "",
			made.trace.functions[call->callee].name, call->via,
			call->confidence);
		if (call->through)
			text_printf(&out, " through %s", call->through);
	}
	return made_string(&out);
}

/* The names alone of what it may call. */
static inline const char *made_targets(unsigned line)
{
	uint32_t site = (uint32_t)(made_site_at(line) - made.trace.sites);
	scoped_text out = {0};

	for (size_t i = 0; i < made.trace.ncalls; i++)
		if (made.trace.calls[i].site == site &&
			strcmp(made.trace.calls[i].via, "signature") != 0)
			text_printf(&out, "%s%s", out.len ? " " : "",
				made.trace.functions[made.trace.calls[i].callee].name);
	return made_string(&out);
}

/* Its reasons with "; " between; "" where it is closed. */
static inline const char *made_reasons(unsigned line)
{
	const struct call_site *site = made_site_at(line);
	scoped_text out = {0};

	cr_assert_eq(site->state, site->nreasons ? SITE_OPEN : SITE_CLOSED);
	for (size_t i = 0; i < site->nreasons; i++)
		text_printf(&out, "%s%s", i ? "; " : "", site->reasons[i]);
	return made_string(&out);
}

static inline void made_expect(unsigned line, const char *targets, const char *reasons)
{
	cr_assert_str_eq(made_targets(line), targets, "line %u calls %s", line,
		made_targets(line));
	cr_assert_str_eq(made_reasons(line), reasons, "line %u: %s", line,
		made_reasons(line));
}

/* What made_reasons() is where nothing flows. */
#define MADE_NOTHING "no function's address is known to reach it"

/* The way of the first target of a site: "7 variable a, 8 field ops.run". */
static inline const char *made_steps(unsigned line)
{
	uint32_t site = (uint32_t)(made_site_at(line) - made.trace.sites);
	scoped_text out = {0};

	for (size_t i = 0; i < made.trace.ncalls; i++) {
		const struct call *call = &made.trace.calls[i];

		if (call->site != site)
			continue;
		for (uint32_t s = 0; s < call->nflow; s++)
			text_printf(&out, "%s%u %s", s ? ", " : "", call->flow[s].line,
				call->flow[s].to);
		break;
	}
	return made_string(&out);
}

#endif
