#include "analyzer/entry/calls.h"

#include "analyzer/entry/entry_points.h"
#include "analyzer/link/function_table.h"
#include "core/arena.h"
#include "core/compare.h"
#include "core/source_paths.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

void site_terms_init(struct site_terms *terms)
{
	*terms = (struct site_terms){.sites.key_bytes = sizeof(uint32_t)};
}

void site_terms_release(struct site_terms *terms)
{
	key_table_release(&terms->sites);
	free(terms->terms);
}

void site_terms_want(struct site_terms *terms, uint32_t site)
{
	bool is_new;
	uint32_t number = key_table_add(&terms->sites, &site, &is_new);

	if (!is_new)
		return;
	terms->terms = grow(terms->terms, number, &terms->room, sizeof(*terms->terms));
	terms->terms[number] = (struct term_at){.image = FACTS_NONE};
}

static void read_body(struct site_terms *terms, const struct outlines *outlines,
	struct term_at root)
{
	const struct facts *facts = outlines_facts(outlines, root);
	const struct facts_term *body = &facts->terms[root.root];
	const struct facts_function *fn = &facts->functions[body->a];
	uint32_t first = outlines->program->bodies[root.image][body->a];

	for (uint32_t t = root.root; t < body->end; t++) {
		const struct facts_term *term = &facts->terms[t];
		uint32_t site, number;

		if (term->kind != TERM_CALL || term->a < fn->first_site ||
			term->a - fn->first_site >= fn->nsites)
			continue;
		site = first + (term->a - fn->first_site);
		number = key_table_find(&terms->sites, &site);
		if (number != UINT32_MAX)
			terms->terms[number] = term_within(root, t);
	}
}

void site_terms_find(struct site_terms *terms, const struct outlines *outlines)
{
	const struct entry_program *program = outlines->program;

	if (!terms->sites.count)
		return;
	for (uint32_t i = 0; i < program->nimages; i++) {
		const struct facts *facts = &program->images[i];

		for (uint32_t t = 0; t < facts->nterms; t = facts->terms[t].end)
			if (facts->terms[t].kind == TERM_BODY &&
				outlines_is_first(outlines, i, t))
				read_body(terms, outlines, (struct term_at){i, t, t});
	}
}

const struct term_at *site_terms_get(const struct site_terms *terms, uint32_t site)
{
	uint32_t number = key_table_find(&terms->sites, &site);

	if (number == UINT32_MAX || terms->terms[number].image == FACTS_NONE)
		return NULL;
	return &terms->terms[number];
}

/* A search for calls; most functions have another name than those that are wanted. */
struct calls_search {
	const struct outlines *outlines;
	const struct key_table *wanted;
	struct key_table names; /* interned */
	struct calls_of *out;
	uint8_t *is_named; /* for each function of the image: 0 not known, 1 no, 2 yes */
};

static bool is_named(struct calls_search *search, const struct facts *facts,
	uint32_t local)
{
	const char *name = facts_string(facts, facts->functions[local].name);

	if (!search->is_named[local]) {
		name = source_paths_intern(search->outlines->program->paths, name);
		search->is_named[local] =
			key_table_find(&search->names, &name) == UINT32_MAX ? 1 : 2;
	}
	return search->is_named[local] == 2;
}

static void add_call(struct calls_search *search, struct term_at at, uint32_t local)
{
	uint32_t found[OUTLINE_MEANINGS];
	size_t count = outlines_functions(search->outlines, at, local, found);
	struct calls_of *out = search->out;

	for (size_t i = 0; i < count; i++) {
		if (key_table_find(search->wanted, &found[i]) == UINT32_MAX)
			continue;
		out->items =
			grow(out->items, out->count, &out->room, sizeof(*out->items));
		out->items[out->count++] = (struct call_of){found[i], at};
	}
}

static void search_image(struct calls_search *search, uint32_t image)
{
	const struct facts *facts = &search->outlines->program->images[image];
	uint32_t root = 0;

	search->is_named = xmalloc(facts->nfunctions + 1);
	for (size_t i = 0; i < facts->nfunctions; i++)
		search->is_named[i] = 0;
	for (uint32_t t = 0; t < facts->nterms; t++) {
		const struct facts_term *term = &facts->terms[t];
		uint32_t callee, local;

		if (t == facts->terms[root].end)
			root = t;
		if (t == root && !outlines_is_first(search->outlines, image, root)) {
			t = term->end - 1;
			continue;
		}
		if (term->kind != TERM_CALL)
			continue;
		callee = term_child(facts, t, 0);
		local = callee == FACTS_NONE ? FACTS_NONE : term_function(facts, callee);
		if (local != FACTS_NONE && is_named(search, facts, local))
			add_call(search, (struct term_at){image, root, t}, local);
	}
	free(search->is_named);
}

static int by_function(const void *left, const void *right)
{
	const struct call_of *a = left, *b = right;
	int order = compare_u32(a->function, b->function);

	order = order ? order : compare_u32(a->at.image, b->at.image);
	return order ? order : compare_u32(a->at.term, b->at.term);
}

void calls_of_find(const struct outlines *outlines, const struct key_table *wanted,
	struct calls_of *out)
{
	const struct entry_program *program = outlines->program;
	struct calls_search search = {
		.outlines = outlines,
		.wanted = wanted,
		.names.key_bytes = sizeof(char *),
		.out = out,
	};

	for (uint32_t i = 0; i < wanted->count; i++) {
		const char *name;
		uint32_t function;

		memcpy(&function, wanted->keys + i * sizeof(function), sizeof(function));
		name = source_paths_intern(program->paths,
			function_table_get(program->functions, function)->function.name);
		key_table_add(&search.names, &name, NULL);
	}
	for (uint32_t i = 0; wanted->count && i < program->nimages; i++)
		search_image(&search, i);
	if (out->count)
		qsort(out->items, out->count, sizeof(*out->items), by_function);
	key_table_release(&search.names);
}

size_t calls_of_get(const struct calls_of *calls, uint32_t function, size_t *first)
{
	size_t low = 0, high = calls->count, count = 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (calls->items[middle].function < function)
			low = middle + 1;
		else
			high = middle;
	}
	*first = low;
	while (low + count < calls->count &&
		calls->items[low + count].function == function)
		count++;
	return count;
}
