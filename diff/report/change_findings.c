#include "diff/report/change_findings.h"

#include "core/arena.h"
#include "core/text.h"
#include "diff/compare/changes.h"
#include "diff/report/finding_list.h"

#include <inttypes.h>

static const struct change_kind {
	bool is_finding;
	enum finding kind;
} kinds[CHANGE_WHAT_COUNT][CHANGE_WAY_COUNT] = {
	[CHANGE_ROUTE] = {[CHANGE_CAME] = {true, FINDING_ROUTE_CAME},
		[CHANGE_WENT] = {true, FINDING_ROUTE_GONE},
		[CHANGE_MOVED] = {true, FINDING_ROUTE_MOVED}},
	[CHANGE_ENTRY_POINT] = {[CHANGE_CAME] = {true, FINDING_ENTRY_POINT_CAME},
		[CHANGE_WENT] = {true, FINDING_ENTRY_POINT_GONE},
		[CHANGE_MOVED] = {true, FINDING_ENTRY_POINT_MOVED}},
	[CHANGE_DEPENDENCY] = {[CHANGE_CAME] = {true, FINDING_NEW_DEPENDENCY},
		[CHANGE_WENT] = {true, FINDING_DEPENDENCY_GONE}},
	[CHANGE_CERTIFICATE] = {[CHANGE_OPENED] = {true, FINDING_CERTIFICATE_OPENED}},
};

static void say_dependency(struct text *text, const struct change *change)
{
	bool came = change->way == CHANGE_CAME;

	text_printf(text, "module '%s' %s '%s' (%" PRIu64 " call%s)", change->name,
		came ? "now depends on" : "no longer depends on", change->other,
		change->count, change->count == 1 ? "" : "s");
}

static void say_route(struct text *text, const struct change *change)
{
	const char *handler = change->other ? change->other : "no function that is known";

	if (change->way == CHANGE_CAME)
		text_printf(text, "command '%s' is new: it runs %s", change->name,
			handler);
	else if (change->way == CHANGE_WENT)
		text_printf(text, "command '%s' is gone: it ran %s", change->name,
			handler);
	else
		text_printf(text, "command '%s' runs %s now, not %s", change->name,
			handler,
			change->detail && *change->detail ? change->detail
							  : "what is not known");
}

static void say_entry(struct text *text, const struct change *change, bool is_dynamic)
{
	if (change->way == CHANGE_MOVED)
		text_printf(text, "entry point '%s' is '%s' now, not '%s'", change->name,
			change->other, change->detail);
	else if (is_dynamic)
		text_printf(text, "entry point '%s' (%s) %s", change->name, change->other,
			change->way == CHANGE_CAME ? "ran, and did not before"
						   : "ran before, and does not now");
	else
		text_printf(text, "entry point '%s' (%s) is %s", change->name,
			change->other, change->way == CHANGE_CAME ? "new" : "gone");
}

static void say_certificate(struct text *text, const struct change *change)
{
	text_printf(text, "a call in '%s' is open now", change->name);
	if (change->count > 1)
		text_printf(text, ", one of %" PRIu64, change->count);
	if (change->detail)
		text_printf(text, ": %s", change->detail);
}

static const char *message_of(struct arena *arena, const struct changes *changes,
	const struct change *change)
{
	scoped_text text = {0};

	if (change->what == CHANGE_DEPENDENCY)
		say_dependency(&text, change);
	else if (change->what == CHANGE_ROUTE)
		say_route(&text, change);
	else if (change->what == CHANGE_ENTRY_POINT)
		say_entry(&text, change, changes->is_dynamic);
	else
		say_certificate(&text, change);
	return arena_strdup(arena, text_string(&text));
}

void change_findings(const struct changes *changes, struct finding_list *list)
{
	for (size_t i = 0; i < changes->nitems; i++) {
		const struct change *change = &changes->items[i];
		const struct change_kind *kind = &kinds[change->what][change->way];
		struct diff_finding finding = {
			.kind = kind->kind,
			.at = *change->after.file ? change->after : change->before,
			.module = change->module,
			.count = change->count,
		};

		if (!kind->is_finding || change->is_minor)
			continue;
		if (change->what == CHANGE_CERTIFICATE)
			finding.function = change->name;
		else if (change->what != CHANGE_DEPENDENCY)
			finding.function = change->other;
		finding.message = message_of(list->arena, changes, change);
		finding_list_add(list, &finding,
			change->what == CHANGE_DEPENDENCY ? change->other : change->name);
	}
}
