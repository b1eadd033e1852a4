/* Random programs whose runs are a part of their graph, or just a little more. */
#include "tests/made_comparison.h"

enum {
	NSEEDS = 150,
	NFUNCTIONS = 24,
	NSITES = 60
};

struct generated {
	struct made_comparison made;
	unsigned state;
	uint32_t ran[NFUNCTIONS]; /* in the builder */
};

static struct generated generated;

static size_t below(struct generated *all, size_t n)
{
	all->state = all->state * 1103515245U + 12345U;
	return (all->state >> 8) % n;
}

static const char *file_of(size_t function)
{
	static const char *const files[] = {"src/a.c", "src/b.c", "lib/a.c", "lib/c.h"};

	return files[function * 4 / NFUNCTIONS];
}

/* Functions of 40 lines; several static ones bear the same name. */
static void generate_functions(struct generated *all)
{
	for (size_t i = 0; i < NFUNCTIONS; i++) {
		struct function fn =
			made_function(arena_printf(&all->made.arena, "f%zu", i % 9),
				file_of(i), (unsigned)(i * 100 + 1));

		fn.type = FUNCTION_PRIVATE;
		fn.arity = (unsigned)i; /* no two can be folded into one */
		fn.end_line = fn.line + 90;
		if (i == 0)
			fn.name = "main";
		made_add(&all->made, fn);
		all->ran[i] = made_ran_as(&all->made, fn);
	}
}

/* One site a line, ten lines apart; the first is direct and calls any function. */
static void generate_sites(struct generated *all)
{
	struct made_comparison *made = &all->made;

	for (uint32_t i = 0; i < NFUNCTIONS; i++)
		for (unsigned k = 1; k <= 1 + below(all, 5); k++) {
			unsigned line = made->functions[i].line + k * 10;
			uint32_t site;

			if (below(all, 3)) {
				made_direct(made, i, line,
					(uint32_t)below(all, NFUNCTIONS));
				continue;
			}
			site = made_indirect(made, i, line,
				below(all, 2) ? SITE_OPEN : SITE_CLOSED);
			for (size_t n = below(all, 4); n > 0; n--)
				made_call_at(made, site, (uint32_t)below(all, NFUNCTIONS),
					"flow");
		}
}

static void see(struct generated *all, uint32_t site, uint32_t callee)
{
	const struct call_site *at = &all->made.sites[site];

	made_saw(&all->made, all->ran[at->caller], all->ran[callee], at->file, at->line);
}

static void generate(struct generated *all, unsigned seed)
{
	made_open(&all->made);
	all->state = seed * 2654435761U + 1;
	generate_functions(all);
	generate_sites(all);
	made_root(&all->made, all->ran[0], ROOT_MAIN);
	for (size_t i = 0; i < all->made.scan.ncalls; i++)
		if (below(all, 2))
			see(all, all->made.calls[i].site, all->made.calls[i].callee);
}

Test(comparison_property, a_run_inside_the_graph_has_nothing_of_its_own)
{
	for (unsigned seed = 0; seed < NSEEDS; seed++) {
		generate(&generated, seed);
		made_nothing(made_compare(&generated.made));
		made_close(&generated.made);
	}
}

/* Does any site of the caller call that, or something that could be taken for it? */
static bool is_known(const struct made_comparison *made, uint32_t caller, uint32_t callee)
{
	for (size_t i = 0; i < made->scan.ncalls; i++)
		if (made->calls[i].caller == caller && made->calls[i].callee == callee)
			return true;
	return false;
}

Test(comparison_property, calls_outside_the_graph_are_found_and_no_others)
{
	for (unsigned seed = 0; seed < NSEEDS; seed++) {
		struct made_comparison *made = &generated.made;
		size_t added = 0, nbugs = 0, nholes = 0, want_holes = 0;
		bool is_added[NSITES * 4] = {0};

		generate(&generated, seed);
		for (size_t tries = 0; tries < 12; tries++) {
			uint32_t site = (uint32_t)below(&generated, made->scan.nsites);
			uint32_t callee = (uint32_t)below(&generated, NFUNCTIONS);

			if (made->sites[site].is_direct || is_added[site] ||
				is_known(made, made->sites[site].caller, callee))
				continue;
			is_added[site] = true;
			see(&generated, site, callee);
			want_holes += made->sites[site].state == SITE_OPEN;
			added++;
		}
		made_compare(made);
		for (size_t i = 0; i < made->result.ncalls; i++) {
			nbugs += made->result.calls[i].verdict == VERDICT_BUG;
			nholes += made->result.calls[i].verdict == VERDICT_HOLE;
		}
		cr_assert_eq(made->result.ncalls, added, "seed %u: %zu of %zu", seed,
			made->result.ncalls, added);
		cr_assert_eq(nholes, want_holes, "seed %u", seed);
		cr_assert_eq(nbugs, added - want_holes, "seed %u", seed);
		made_close(made);
	}
}
