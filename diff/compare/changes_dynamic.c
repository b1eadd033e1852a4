#include "diff/compare/changes.h"

#include "core/arena.h"
#include "core/dynamic_trace.h"
#include "diff/compare/change_list.h"

#include <string.h>

static void list_functions(const struct dynamic_trace *run, struct subjects *out)
{
	for (size_t i = 0; i < run->nfunctions; i++) {
		const struct function *fn = &run->functions[i];
		struct subject *subject = subjects_add(out);

		subject->keys[0] = fn->name;
		subject->value = subject->module = fn->module;
		subject->at = (struct diff_place){fn->file, fn->line, fn->column};
		subject->count = 1;
		subject->is_outside = fn->file[0] == '<' || fn->file[0] == '\0';
	}
}

static struct diff_place place_of_call(const struct dynamic_trace *run,
	const struct observed_call *call)
{
	const struct function *callee = &run->functions[call->callee];

	if (call->file)
		return (struct diff_place){call->file, call->line, call->column};
	return (struct diff_place){callee->file, callee->line, callee->column};
}

/* Who called: a function, or what stands for one. */
static void set_caller(const struct dynamic_trace *run, const struct observed_call *call,
	struct subject *subject)
{
	if (call->caller != TRACE_NONE) {
		subject->keys[0] = run->functions[call->caller].name;
		subject->keys[1] = run->functions[call->caller].module;
		subject->module = subject->keys[1];
	} else if (call->through) {
		subject->keys[0] = call->through;
	} else if (call->root) {
		subject->keys[0] = call_root_names[call->root];
	}
}

static void list_calls(const struct dynamic_trace *run, struct subjects *out)
{
	for (size_t i = 0; i < run->ncalls; i++) {
		const struct observed_call *call = &run->calls[i];
		const struct function *callee = &run->functions[call->callee];
		struct subject *subject = subjects_add(out);

		set_caller(run, call, subject);
		subject->keys[2] = callee->name;
		subject->keys[3] = callee->module;
		subject->other = callee->name;
		subject->at = place_of_call(run, call);
		subject->count = call->count;
	}
}

static void list_dependencies(const struct dynamic_trace *run, struct subjects *out)
{
	for (size_t i = 0; i < run->ncalls; i++) {
		const struct observed_call *call = &run->calls[i];
		const struct function *callee = &run->functions[call->callee];
		const struct function *caller;
		struct subject *subject;

		if (call->caller == TRACE_NONE)
			continue;
		caller = &run->functions[call->caller];
		if (strcmp(caller->module, callee->module) == 0)
			continue;
		subject = subjects_add(out);
		subject->keys[0] = caller->module;
		subject->keys[1] = callee->module;
		subject->other = callee->module;
		subject->module = caller->module;
		subject->at = place_of_call(run, call);
		subject->count = call->count;
		subject->is_outside = callee->type == FUNCTION_EXTERNAL ||
				      callee->type == FUNCTION_UNKNOWN;
	}
}

static void list_entries(struct arena *arena, const struct dynamic_trace *run,
	struct subjects *out)
{
	for (size_t i = 0; i < run->nentries; i++) {
		const struct covered_entry *entry = &run->entries[i];
		const struct function *fn = &run->functions[entry->function];
		struct subject *subject = subjects_add(out);

		subject->keys[0] = arena_printf(arena, "%s %s", entry->type, fn->name);
		subject->value = arena_printf(arena, "%s:%s", fn->module, fn->name);
		subject->other = fn->name;
		subject->module = fn->module;
		subject->at = (struct diff_place){fn->file, fn->line, fn->column};
		subject->count = 1;
	}
}

void changes_of_dynamic(struct arena *arena, const struct dynamic_trace *before,
	const struct dynamic_trace *after, struct changes *out)
{
	struct change_list list = {.arena = arena, .is_dynamic = true};
	scoped_subjects olds = {0}, news = {0};
	size_t nshared;

	list_functions(before, &olds);
	list_functions(after, &news);
	change_list_compare(&list, CHANGE_FUNCTION, &olds, &news);
	nshared = change_list_shared(&list, &olds, &news);
	olds.count = news.count = 0;
	list_calls(before, &olds);
	list_calls(after, &news);
	change_list_compare(&list, CHANGE_CALL, &olds, &news);
	olds.count = news.count = 0;
	list_dependencies(before, &olds);
	list_dependencies(after, &news);
	change_list_dependencies(&list, &olds, &news);
	olds.count = news.count = 0;
	list_entries(arena, before, &olds);
	list_entries(arena, after, &news);
	change_list_compare(&list, CHANGE_ENTRY_POINT, &olds, &news);
	change_list_finish(&list, out);
	out->nshared = nshared;
}
