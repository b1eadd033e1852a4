#include "diff/compare/changes.h"

#include "core/arena.h"
#include "core/text.h"
#include "core/trace.h"
#include "diff/compare/change_list.h"

#include <stdlib.h>
#include <string.h>

/* Two scans being compared. */
struct scans {
	const struct static_trace *before, *after;
	const char **modules; /* of the functions before: where they are now */
};

static bool is_defined(const struct function *fn)
{
	return fn->type == FUNCTION_PUBLIC || fn->type == FUNCTION_PRIVATE;
}

static void list_functions(const struct static_trace *trace, struct subjects *out)
{
	for (size_t i = 0; i < trace->nfunctions; i++) {
		const struct function *fn = &trace->functions[i];
		struct subject *subject;

		if (!is_defined(fn))
			continue;
		subject = subjects_add(out);
		subject->keys[0] = fn->name;
		subject->value = subject->module = fn->module;
		subject->at = (struct diff_place){fn->file, fn->line, fn->column};
		subject->count = 1;
		subject->is_outside = fn->file[0] == '<';
	}
}

static int by_name_and_module(const void *left, const void *right)
{
	const struct change *a = left, *b = right;
	int order = strcmp(a->name, b->name);

	return order ? order : strcmp(a->detail, b->detail);
}

/* Calls of a function that has moved are no other calls. */
static void map_modules(struct arena *arena, struct scans *scans,
	const struct change_list *list)
{
	struct change *moved = xmalloc((list->count + 1) * sizeof(*moved));
	size_t nmoved = 0;

	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].what == CHANGE_FUNCTION &&
			list->items[i].way == CHANGE_MOVED)
			moved[nmoved++] = list->items[i];
	qsort(moved, nmoved, sizeof(*moved), by_name_and_module);
	scans->modules =
		arena_alloc(arena, scans->before->nfunctions * sizeof(*scans->modules));
	for (size_t i = 0; i < scans->before->nfunctions; i++) {
		const struct function *fn = &scans->before->functions[i];
		const struct change key = {.name = fn->name, .detail = fn->module};
		const struct change *found =
			bsearch(&key, moved, nmoved, sizeof(*moved), by_name_and_module);

		scans->modules[i] = found ? found->module : fn->module;
	}
	free(moved);
}

/* Where a function of `trace` is now. */
static const char *module_of(const struct scans *scans, const struct static_trace *trace,
	uint32_t function)
{
	return trace == scans->before ? scans->modules[function]
				      : trace->functions[function].module;
}

static struct diff_place place_of_call(const struct static_trace *trace,
	const struct call *call)
{
	const struct function *caller = &trace->functions[call->caller];
	const struct call_site *site;

	if (call->site == TRACE_NONE)
		return (struct diff_place){caller->file, caller->line, caller->column};
	site = &trace->sites[call->site];
	return (struct diff_place){site->file, site->line, site->column};
}

static void list_calls(const struct scans *scans, const struct static_trace *trace,
	struct subjects *out)
{
	for (size_t i = 0; i < trace->ncalls; i++) {
		const struct call *call = &trace->calls[i];
		const struct function *callee = &trace->functions[call->callee];
		struct subject *subject = subjects_add(out);

		subject->keys[0] = trace->functions[call->caller].name;
		subject->keys[1] = module_of(scans, trace, call->caller);
		subject->keys[2] = callee->name;
		subject->keys[3] = module_of(scans, trace, call->callee);
		subject->other = callee->name;
		subject->module = subject->keys[1];
		subject->at = place_of_call(trace, call);
		subject->count = 1;
	}
}

static void list_dependencies(const struct static_trace *trace, struct subjects *out)
{
	for (size_t i = 0; i < trace->ncalls; i++) {
		const struct call *call = &trace->calls[i];
		const struct function *caller = &trace->functions[call->caller];
		const struct function *callee = &trace->functions[call->callee];
		struct subject *subject;

		if (strcmp(caller->module, callee->module) == 0)
			continue;
		subject = subjects_add(out);
		subject->keys[0] = caller->module;
		subject->keys[1] = callee->module;
		subject->other = callee->module;
		subject->module = caller->module;
		subject->at = place_of_call(trace, call);
		subject->count = 1;
		subject->is_outside = !is_defined(callee);
	}
}

/* "git remote add", or the id of what has no words. */
static const char *route_name(struct arena *arena, const struct route *route)
{
	scoped_text text = {0};

	text_add(&text, route->program);
	for (size_t i = 0; i < route->ntokens; i++)
		text_printf(&text, " %s", route->tokens[i]);
	if (route->is_default && route->ntokens)
		text_add(&text, " <default>");
	return arena_strdup(arena, text_string(&text));
}

static void list_routes(struct arena *arena, const struct static_trace *trace,
	struct subjects *out)
{
	for (size_t i = 0; i < trace->nroutes; i++) {
		const struct route *route = &trace->routes[i];
		struct subject *subject = subjects_add(out);

		subject->keys[0] = route_name(arena, route);
		subject->at = (struct diff_place){route->file, route->line, 0};
		subject->count = 1;
		subject->value = "";
		if (route->handler == TRACE_NONE)
			continue;
		subject->other = trace->functions[route->handler].name;
		subject->module = trace->functions[route->handler].module;
		subject->value =
			arena_printf(arena, "%s:%s", subject->module, subject->other);
	}
}

/* What an entry point is called outside of the program, where it is called anything. */
static const char *outside_name(struct arena *arena, const struct entry_point *entry)
{
	static const char *const telling[] = {"program", "method", "path", "signal",
		"queue", "exchange", "name", "symbol", "attribute"};
	scoped_text text = {0};

	for (size_t i = 0; i < sizeof(telling) / sizeof(*telling); i++)
		for (size_t k = 0; k < entry->nmetadata; k++)
			if (strcmp(entry->metadata[k].key, telling[i]) == 0)
				text_printf(&text, " %s", entry->metadata[k].value);
	return arena_strdup(arena, text_string(&text));
}

static void list_entries(struct arena *arena, const struct static_trace *trace,
	struct subjects *out)
{
	for (size_t i = 0; i < trace->nentry_points; i++) {
		const struct entry_point *entry = &trace->entry_points[i];
		const struct function *fn = &trace->functions[entry->function];
		const char *name = outside_name(arena, entry);
		struct subject *subject = subjects_add(out);

		subject->keys[0] =
			arena_printf(arena, "%s%s", entry->type, *name ? name : "");
		if (!*name)
			subject->keys[0] =
				arena_printf(arena, "%s %s", entry->type, fn->name);
		subject->value = arena_printf(arena, "%s:%s", fn->module, fn->name);
		subject->other = fn->name;
		subject->module = fn->module;
		subject->at = (struct diff_place){fn->file, fn->line, fn->column};
		subject->count = 1;
	}
}

/* Sites that a function pointer decides, which are open; the others' places are kept. */
static void list_open_sites(const struct scans *scans, const struct static_trace *trace,
	struct subjects *out)
{
	for (size_t i = 0; i < trace->nsites; i++) {
		const struct call_site *site = &trace->sites[i];
		const struct function *caller = &trace->functions[site->caller];
		struct subject *subject;

		if (site->state != SITE_OPEN)
			continue;
		subject = subjects_add(out);
		subject->keys[0] = caller->name;
		subject->keys[1] = module_of(scans, trace, site->caller);
		subject->keys[2] = site->expression_name ? site->expression_name : "";
		subject->module = caller->module;
		subject->other = site->nreasons ? site->reasons[0] : NULL;
		subject->at = (struct diff_place){site->file, site->line, site->column};
		subject->count = 1;
	}
}

/* An open site more is one that opened; the first of its reasons is why. */
static void compare_certificates(const struct scans *scans, struct change_list *list)
{
	scoped_subjects before = {0}, after = {0};
	size_t first = list->count;

	list_open_sites(scans, scans->before, &before);
	list_open_sites(scans, scans->after, &after);
	change_list_compare(list, CHANGE_CERTIFICATE, &before, &after);
	for (size_t i = first; i < list->count; i++) {
		struct change *change = &list->items[i];

		change->way = change->way == CHANGE_CAME ? CHANGE_OPENED : CHANGE_CLOSED;
		change->detail = change->other;
		change->other = NULL;
	}
}

void changes_of_static(struct arena *arena, const struct static_trace *before,
	const struct static_trace *after, struct changes *out)
{
	struct change_list list = {.arena = arena};
	struct scans scans = {.before = before, .after = after};
	scoped_subjects olds = {0}, news = {0};
	size_t nshared;

	list_functions(before, &olds);
	list_functions(after, &news);
	change_list_compare(&list, CHANGE_FUNCTION, &olds, &news);
	nshared = change_list_shared(&list, &olds, &news);
	map_modules(arena, &scans, &list);
	olds.count = news.count = 0;
	list_calls(&scans, before, &olds);
	list_calls(&scans, after, &news);
	change_list_compare(&list, CHANGE_CALL, &olds, &news);
	olds.count = news.count = 0;
	list_dependencies(before, &olds);
	list_dependencies(after, &news);
	change_list_dependencies(&list, &olds, &news);
	olds.count = news.count = 0;
	list_routes(arena, before, &olds);
	list_routes(arena, after, &news);
	change_list_compare(&list, CHANGE_ROUTE, &olds, &news);
	olds.count = news.count = 0;
	list_entries(arena, before, &olds);
	list_entries(arena, after, &news);
	change_list_compare(&list, CHANGE_ENTRY_POINT, &olds, &news);
	compare_certificates(&scans, &list);
	change_list_finish(&list, out);
	out->nshared = nshared;
}
