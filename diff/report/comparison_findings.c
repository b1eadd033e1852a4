#include "diff/report/comparison_findings.h"

#include "core/arena.h"
#include "core/interner.h"
#include "core/key_table.h"
#include "core/text.h"
#include "diff/compare/comparison.h"
#include "diff/report/dependency_findings.h"
#include "diff/report/finding_list.h"
#include "diff/report/finding_path.h"
#include "diff/report/recording_findings.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The findings being made of one comparison. */
struct making {
	const struct comparison *comparison;
	struct finding_list *list;
	struct interner strings; /* of group keys */
};

static const char *times(struct arena *arena, uint64_t count)
{
	if (count < 2)
		return count ? "once" : "never";
	return arena_printf(arena, "%" PRIu64 " times", count);
}

/* Who called, where no function is known: "libc.so.6:qsort", or from where. */
static const char *caller_name(const struct making *making,
	const struct runtime_call *call)
{
	const struct dynamic_trace *run = making->comparison->run;
	const struct observed_call *observed = &run->calls[call->observed];

	if (call->from != TRACE_NONE)
		return run->functions[call->from].name;
	if (observed->through)
		return observed->through;
	if (call->object)
		return call->object;
	return observed->root ? call_root_names[observed->root] : "unknown code";
}

static struct diff_place place_of(const struct making *making,
	const struct runtime_call *call)
{
	const struct comparison *all = making->comparison;
	const struct observed_call *observed = &all->run->calls[call->observed];
	const struct function *callee = &all->run->functions[call->to];

	if (observed->file)
		return (struct diff_place){
			observed->file, observed->line, observed->column};
	if (call->site != TRACE_NONE) {
		const struct call_site *site = &all->scan->sites[call->site];

		return (struct diff_place){site->file, site->line, site->column};
	}
	if (call->callee != TRACE_NONE)
		callee = &all->scan->functions[call->callee];
	return (struct diff_place){callee->file, callee->line, callee->column};
}

/* The function that the call stands in; where that is not known, the one called. */
static const struct function *owner_of(const struct making *making,
	const struct runtime_call *call)
{
	const struct comparison *all = making->comparison;

	if (call->caller != TRACE_NONE)
		return &all->scan->functions[call->caller];
	return &all->run->functions[call->from != TRACE_NONE ? call->from : call->to];
}

static const enum finding call_kinds[VERDICT_COUNT] = {
	[VERDICT_BUG] = FINDING_ANALYSIS_BUG,
	[VERDICT_HOLE] = FINDING_PREDICTED_HOLE,
	[VERDICT_INTERPOSED] = FINDING_INTERPOSED_CALL,
	[VERDICT_LIBRARY] = FINDING_LIBRARY_CALLBACK,
	[VERDICT_FOREIGN] = FINDING_FOREIGN_CODE,
	[VERDICT_GENERATED] = FINDING_GENERATED_CODE,
	[VERDICT_STALE] = FINDING_STALE_SOURCE,
};

/* Where no function calls, control enters. */
static enum finding kind_of(const struct making *making, const struct runtime_call *call)
{
	const struct dynamic_trace *run = making->comparison->run;

	if (run->calls[call->observed].root != ROOT_NONE &&
		call->verdict == VERDICT_LIBRARY)
		return FINDING_RUNTIME_ENTRY_POINT;
	return call_kinds[call->verdict];
}

static const char *call_message(const struct making *making,
	const struct runtime_call *call)
{
	struct arena *arena = making->list->arena;
	const char *callee = making->comparison->run->functions[call->to].name;
	const char *because = call->because ? call->because : "", *separator = "";
	const char *echo =
		arena_printf(arena, "'%s' called it, and ", caller_name(making, call));
	scoped_text text = {0};

	if (making->comparison->run->calls[call->observed].root != ROOT_NONE)
		text_printf(&text, "control entered at '%s'", callee);
	else
		text_printf(&text, "'%s' called '%s'", caller_name(making, call), callee);
	if (text_has_prefix(because, text_string(&text)))
		because += text.len; /* it says so, too */
	else
		separator = *because ? ": " : "";
	if (text_has_prefix(because, echo))
		because += strlen(echo);
	if (call->object && call->verdict != VERDICT_LIBRARY)
		text_printf(&text, " (%s)", call->object);
	text_printf(&text, " %s%s%s", times(arena, call->count), separator, because);
	return arena_strdup(arena, text_string(&text));
}

static void add_call(struct making *making, const struct runtime_call *call)
{
	const struct function *owner = owner_of(making, call);
	const struct function *callee = &making->comparison->run->functions[call->to];
	struct arena *arena = making->list->arena;
	struct diff_finding finding = {
		.kind = kind_of(making, call),
		.at = place_of(making, call),
		.module = owner->module,
		.function = owner->name,
		.message = call_message(making, call),
		.count = call->count,
	};

	finding.path = finding_path(making->list->arena, making->comparison, call,
		finding.at, &finding.npath);
	if (call->entry_point != TRACE_NONE)
		finding.entry_point =
			making->comparison->scan->entry_points[call->entry_point].id;
	finding_list_add(making->list, &finding,
		arena_printf(arena, "%s %s %s", caller_name(making, call), callee->module,
			callee->name));
}

/* What is of no great interest each by itself, and is told once for all that is alike. */
struct group_key {
	const char *module, *function, *object; /* interned, or NULL */
	uint64_t kind;
};

struct call_group {
	const struct runtime_call *first;
	uint64_t count;
	size_t ncalls;
};

static bool is_grouped(const struct runtime_call *call)
{
	return call->verdict == VERDICT_FOREIGN || call->verdict == VERDICT_GENERATED ||
	       call->verdict == VERDICT_STALE;
}

/* Of foreign code, a group is what one scanned function has to do with an object. */
static struct group_key group_of(struct making *making, const struct runtime_call *call)
{
	const struct static_trace *scan = making->comparison->scan;
	uint32_t ours = call->caller != TRACE_NONE ? call->caller : call->callee;
	struct group_key key = {.kind = call_kinds[call->verdict]};

	if (call->verdict == VERDICT_STALE)
		key.module =
			intern_string(&making->strings, owner_of(making, call)->module);
	if (call->verdict != VERDICT_FOREIGN)
		return key;
	if (call->object)
		key.object = intern_string(&making->strings, call->object);
	if (ours != TRACE_NONE) {
		key.module = scan->functions[ours].module;
		key.function = scan->functions[ours].name;
	}
	return key;
}

static const char *group_message(const struct making *making,
	const struct call_group *group)
{
	struct arena *arena = making->list->arena;
	const char *one = call_message(making, group->first);
	size_t others = group->ncalls - 1;

	if (!others)
		return one;
	return arena_printf(arena, "%s; and %zu more call%s like it", one, others,
		others == 1 ? "" : "s");
}

static void add_group(struct making *making, const struct group_key *key,
	const struct call_group *group)
{
	struct diff_finding finding = {
		.kind = (enum finding)key->kind,
		.at = place_of(making, group->first),
		.module = key->module,
		.function = key->function,
		.message = group_message(making, group),
		.count = group->count,
	};

	finding_list_add(making->list, &finding, key->object);
}

static void add_calls(struct making *making)
{
	const struct comparison *all = making->comparison;
	struct key_table keys = {.key_bytes = sizeof(struct group_key)};
	struct call_group *groups = xmalloc((all->ncalls + 1) * sizeof(*groups));

	for (size_t i = 0; i < all->ncalls; i++) {
		const struct runtime_call *call = &all->calls[i];
		struct group_key key;
		uint32_t number;
		bool is_new;

		if (!is_grouped(call)) {
			add_call(making, call);
			continue;
		}
		key = group_of(making, call);
		number = key_table_add(&keys, &key, &is_new);
		if (is_new)
			groups[number] = (struct call_group){call, 0, 0};
		groups[number].count = dynamic_sum(groups[number].count, call->count);
		groups[number].ncalls++;
	}
	for (size_t i = 0; i < keys.count; i++)
		add_group(making, &((const struct group_key *)(const void *)keys.keys)[i],
			&groups[i]);
	free(groups);
	key_table_release(&keys);
}

/* Only this verdict is about the function itself; others are told with calls of it. */
static bool is_told(const struct runtime_function *seen, const bool *is_called)
{
	return seen->verdict == VERDICT_FOREIGN || seen->verdict == VERDICT_GENERATED ||
	       seen->verdict == VERDICT_LIBRARY ||
	       (seen->verdict != VERDICT_HOLE && is_called[seen->function]);
}

static void add_functions(struct making *making)
{
	const struct comparison *all = making->comparison;
	bool *is_called = arena_alloc(making->list->arena, all->run->nfunctions + 1);

	for (size_t i = 0; i < all->ncalls; i++)
		is_called[all->calls[i].to] = true;

	for (size_t i = 0; i < all->nfunctions; i++) {
		const struct runtime_function *seen = &all->functions[i];
		const struct function *fn = &all->run->functions[seen->function];
		struct diff_finding finding = {
			.kind = FINDING_RUNTIME_ONLY_FUNCTION,
			.at = {fn->file, fn->line, fn->column},
			.module = fn->module,
			.function = fn->name,
			.count = seen->count,
		};

		if (is_told(seen, is_called))
			continue;
		if (seen->verdict == VERDICT_STALE)
			finding.kind = FINDING_STALE_SOURCE;
		finding.message = arena_printf(making->list->arena,
			"'%s' ran %s, and the scan %s%s", fn->name,
			times(making->list->arena, seen->count),
			seen->because && *seen->because ? "has it not: "
							: "has no such function",
			seen->because ? seen->because : "");
		finding_list_add(making->list, &finding, NULL);
	}
}

static void add_scanned(struct making *making, enum finding kind, uint32_t function,
	const char *fmt)
{
	const struct comparison *all = making->comparison;
	const struct function *fn = &all->scan->functions[function];
	scoped_text message = {0};
	struct diff_finding finding = {
		.kind = kind,
		.at = {fn->file, fn->line, fn->column},
		.module = fn->module,
		.function = fn->name,
		.count = all->ran[function],
	};

	text_printf(&message, "'%s' %s", fn->name, fmt);
	finding.message = arena_strdup(making->list->arena, text_string(&message));
	finding_list_add(making->list, &finding, NULL);
}

static void add_lists(struct making *making)
{
	const struct comparison *all = making->comparison;
	struct arena *arena = making->list->arena;

	for (size_t i = 0; i < all->ndead; i++)
		add_scanned(making, FINDING_DEAD_FUNCTION, all->dead[i],
			"can be reached, and never ran");
	for (size_t i = 0; i < all->nrevived; i++)
		add_scanned(making, FINDING_ORPHAN_RAN, all->revived[i],
			arena_printf(arena, "ran %s, though the scan knows no way to it",
				times(arena, all->ran[all->revived[i]])));
}

void comparison_findings(const struct comparison *comparison, struct finding_list *list)
{
	struct making making = {comparison, list, {.arena = list->arena}};

	add_calls(&making);
	add_functions(&making);
	add_lists(&making);
	dependency_findings(comparison, list);
	recording_findings(comparison->run, NULL, list);
	interner_release(&making.strings);
}
