#include "diff/html/module_graph.h"

#include "core/arena.h"
#include "core/program.h"
#include "diff/compare/comparison.h"
#include "diff/html/html_page.h"
#include "diff/report/report.h"
#include "tests/random_trace.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static size_t count(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)); text += strlen(what))
		n++;
	return n;
}

/* A page over a random program of `size` functions, of which nothing ran. */
struct random_page {
	struct arena arena;
	struct static_trace scan;
	struct dynamic_trace run;
	struct program program;
	struct comparison comparison;
	struct html_page page;
};

static void make_page(struct random_page *made, uint64_t seed, size_t size)
{
	struct random_trace random = {&made->arena, seed, false};
	struct comparison *comparison = &made->comparison;
	struct function *functions;

	made->scan = random_trace(&random, size);
	functions = (struct function *)made->scan.functions;
	for (size_t i = 0; i < size; i++) {
		functions[i].type = FUNCTION_PUBLIC;
		functions[i].module = arena_printf(&made->arena, "d%zu/e%zu/m%zu", i % 3,
			i % 7, i % 600);
	}
	program_init(&made->program, &made->arena, &made->scan);
	*comparison = (struct comparison){.program = &made->program,
		.scan = &made->scan,
		.run = &made->run,
		.ran = arena_alloc(&made->arena, size * sizeof(uint64_t)),
		.seen = arena_alloc(&made->arena, made->scan.ncalls * sizeof(uint64_t))};
	made->page = (struct html_page){
		.arena = &made->arena, .seen = comparison, .scan = &made->scan};
	html_page_number(&made->page);
}

/* As comparison_make() does: one for each, of which some ran. */
static void cover(struct random_page *made)
{
	struct comparison *comparison = &made->comparison;
	struct route_coverage *routes =
		arena_alloc(&made->arena, made->scan.nroutes * sizeof(*routes));
	struct entry_coverage *entries =
		arena_alloc(&made->arena, made->scan.nentry_points * sizeof(*entries));
	struct coverage *modules =
		arena_alloc(&made->arena, made->program.nmodules * sizeof(*modules));

	for (size_t i = 0; i < made->scan.nroutes; i++)
		routes[i] = (struct route_coverage){
			(uint32_t)i, i % 2, i % 3 == 0, i % 2 * i};
	for (size_t i = 0; i < made->scan.nentry_points; i++)
		entries[i] = (struct entry_coverage){(uint32_t)i, i % 2, i, {0}};
	for (size_t i = 0; i < made->program.nmodules; i++)
		modules[i] = (struct coverage){.name = made->program.modules[i],
			.functions = 3,
			.functions_ran = i % 4,
			.percent = (double)(i % 4) * 100 / 3};
	comparison->routes = routes;
	comparison->nroutes = made->scan.nroutes;
	comparison->entries = entries;
	comparison->nentries = made->scan.nentry_points;
	comparison->modules = modules;
	comparison->nmodules = made->program.nmodules;
}

Test(html, any_program_makes_a_page)
{
	for (uint64_t seed = 1; seed < 20; seed++) {
		struct random_page made = {0};
		struct report report = {.tool_version = "test",
			.before = "static.json",
			.after = "run.json",
			.comparison = &made.comparison};
		char *html;
		size_t size;
		FILE *stream = open_memstream(&html, &size);

		make_page(&made, seed, (size_t)seed * seed);
		cover(&made);
		cr_assert(report_html(&report, stream));
		fclose(stream);
		cr_assert_eq(count(html, "<script"), 3);
		cr_assert_eq(count(html, " id=\"r"), made.scan.nroutes + 1,
			"each command is there once, beside the report itself");
		html_page_release(&made.page);
		arena_release(&made.arena);
		free(html);
	}
}

static bool overlap(const struct module_node *a, const struct module_node *b)
{
	return a->x < b->x + b->width && b->x < a->x + a->width &&
	       a->y < b->y + MODULE_NODE_HEIGHT && b->y < a->y + MODULE_NODE_HEIGHT;
}

static void check_layout(const struct module_graph *graph)
{
	for (size_t i = 0; i < graph->nnodes; i++) {
		const struct module_node *node = &graph->nodes[i];

		cr_assert(node->x >= 0 && node->x + node->width <= graph->width);
		cr_assert(node->y >= 0 && node->y + MODULE_NODE_HEIGHT <= graph->height);
		for (size_t j = 0; j < i; j++)
			cr_assert_not(overlap(node, &graph->nodes[j]),
				"'%s' lies on '%s'", node->name, graph->nodes[j].name);
	}
}

Test(module_graph, lays_no_module_on_another)
{
	for (uint64_t seed = 1; seed < 20; seed++) {
		struct random_page made = {0};
		struct module_graph graph;

		make_page(&made, seed, (size_t)seed * 10);
		graph = module_graph_make(&made.page);
		module_layout(&made.page, &graph);
		cr_assert_not(graph.is_folded);
		cr_assert_gt(graph.nnodes, 0);
		check_layout(&graph);
		html_page_release(&made.page);
		arena_release(&made.arena);
	}
}

Test(module_graph, folds_directories_of_a_large_program)
{
	struct random_page made = {0};
	struct module_graph graph;
	size_t nmodules = 0;

	make_page(&made, 1, 3000);
	graph = module_graph_make(&made.page);
	module_layout(&made.page, &graph);
	cr_assert(graph.is_folded);
	cr_assert_eq(graph.nnodes, 21, "3 by 7 directories, not %zu nodes", graph.nnodes);
	for (size_t i = 0; i < graph.nnodes; i++)
		nmodules += graph.nodes[i].nmodules;
	cr_assert_eq(nmodules, made.program.nmodules);
	check_layout(&graph);
	html_page_release(&made.page);
	arena_release(&made.arena);
}
