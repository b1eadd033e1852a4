#include "diff/report/suppressions.h"

#include "core/arena.h"
#include "core/compare.h"
#include "core/file.h"
#include "core/rule_file.h"
#include "core/text.h"
#include "diff/compare/comparison.h"
#include "diff/report/finding_list.h"
#include "diff/report/source_comments.h"
#include "diff/report/source_tree.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

struct applying {
	const struct suppressions_request *request;
	struct finding_list *list;
	size_t nfindings; /* of the list, before suppressions added theirs */
	struct placed *by_line; /* heap: findings by file and line */
};

/* A finding's number, and where it is: the list may move, when some are added. */
struct placed {
	const char *file;
	unsigned line;
	uint32_t number;
};

static int compare_lines(const struct placed *a, const char *file, unsigned line)
{
	int order = strcmp(a->file, file);

	return order ? order : compare_u32(a->line, line);
}

static int by_line(const void *left, const void *right)
{
	const struct placed *a = left, *b = right;
	int order = compare_lines(a, b->file, b->line);

	return order ? order : compare_u32(a->number, b->number);
}

static void sort_findings(struct applying *all)
{
	all->by_line = xmalloc((all->nfindings + 1) * sizeof(*all->by_line));
	for (uint32_t i = 0; i < all->nfindings; i++) {
		const struct diff_place *at = &all->list->items[i].at;

		all->by_line[i] = (struct placed){at->file, at->line, i};
	}
	qsort(all->by_line, all->nfindings, sizeof(*all->by_line), by_line);
}

/* The first finding in that order that is not before the line. */
static size_t first_at(const struct applying *all, const char *file, unsigned line)
{
	size_t low = 0, high = all->nfindings;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_lines(&all->by_line[middle], file, line) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Suppress findings of `kind` at the line; how many there are. */
static size_t suppress_at(struct applying *all, const char *file,
	const struct source_comment *comment, enum finding kind)
{
	size_t count = 0;

	for (size_t i = first_at(all, file, comment->covers); i < all->nfindings; i++) {
		struct diff_finding *finding = &all->list->items[all->by_line[i].number];

		if (compare_lines(&all->by_line[i], file, comment->covers) != 0)
			break;
		if (finding->kind != kind)
			continue;
		finding->suppressed = comment->reason;
		finding->is_suppressed_in_source = true;
		count++;
	}
	return count;
}

static void add_finding(struct applying *all, enum finding kind, struct diff_place at,
	const char *message)
{
	const struct diff_finding finding = {.kind = kind, .at = at, .message = message};

	finding_list_add(all->list, &finding,
		arena_printf(all->list->arena, "%s %s", at.file, message));
}

/* Would there be a finding of that kind, if there were a reason for it? */
static bool is_looked_for(const struct comparison *comparison, enum finding kind)
{
	if (kind == FINDING_DEAD_FUNCTION)
		return comparison->is_complete;
	return kind >= FINDING_ANALYSIS_BUG && kind <= FINDING_NEW_DEPENDENCY &&
	       kind != FINDING_LOW_COVERAGE;
}

/* Did the function around the line run? If not, nothing is known of the line. */
static bool has_run(const struct comparison *comparison, const char *file, unsigned line)
{
	const struct static_trace *scan = comparison->scan;

	for (size_t i = 0; i < scan->nfunctions; i++) {
		const struct function *fn = &scan->functions[i];

		if (comparison->ran[i] && fn->line <= line && line <= fn->end_line &&
			strcmp(fn->file, file) == 0)
			return true;
	}
	return false;
}

static void apply_word(struct applying *all, const char *file,
	const struct source_comment *comment, const char *word)
{
	const struct comparison *comparison = all->request->comparison;
	const struct finding_kind *kind = finding_find(word);
	const struct diff_place at = {file, comment->line, 0};
	enum finding number;

	if (!kind) {
		add_finding(all, FINDING_SUPPRESSION_WITHOUT_REASON, at,
			*word ? arena_printf(all->list->arena,
					"this asks to ignore '%s', and no finding is called so",
					word)
			      : "this asks to ignore something, and does not say what");
		return;
	}
	if (!*comment->reason) {
		add_finding(all, FINDING_SUPPRESSION_WITHOUT_REASON, at,
			arena_printf(all->list->arena,
				"this asks to ignore %s, and gives no reason", kind->id));
		return;
	}
	number = (enum finding)(kind - finding_kinds);
	if (suppress_at(all, file, comment, number) || !comparison ||
		!is_looked_for(comparison, number))
		return;
	if (number == FINDING_DEAD_FUNCTION || has_run(comparison, file, comment->covers))
		add_finding(all, FINDING_STALE_SUPPRESSION, at,
			arena_printf(all->list->arena,
				"this asks to ignore %s, and there is none here",
				kind->id));
}

static void apply_comment(struct applying *all, const char *file,
	const struct source_comment *comment)
{
	const char *at = comment->findings;
	scoped_text word = {0};
	size_t len;

	do {
		len = strcspn(at, ",");
		text_clear(&word);
		text_add_bytes(&word, at, len);
		apply_word(all, file, comment, text_string(&word));
		at += len;
	} while (*at++);
}

static int by_text(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void apply_files(struct applying *all)
{
	const struct suppressions_request *request = all->request;
	const char **files = xmalloc((request->nfiles + 1) * sizeof(*files));
	struct source_tree tree;

	if (request->nfiles)
		memcpy(files, request->files, request->nfiles * sizeof(*files));
	qsort(files, request->nfiles, sizeof(*files), by_text);
	for (size_t i = 0; i < request->nfiles; i++) {
		scoped_map map = {"", 0};
		struct source_comments comments;

		if (i && strcmp(files[i - 1], files[i]) == 0)
			continue;
		if (i == 0 && !source_tree_open(&tree, request->root))
			break;
		if (!source_tree_map(&tree, files[i], &map))
			continue;
		comments = source_comments_find(all->list->arena, map.bytes, map.size);
		for (size_t k = 0; k < comments.count; k++)
			apply_comment(all, files[i], &comments.items[k]);
	}
	free(files);
}

static bool matches(const char *pattern, const char *name)
{
	return !pattern || fnmatch(pattern, name ? name : "", 0) == 0;
}

static bool is_of_rule(const struct suppression_rule *rule,
	const struct diff_finding *finding)
{
	bool is_kind = false;

	for (size_t i = 0; i < rule->nfindings; i++)
		is_kind |=
			finding_find(rule->findings[i]) == &finding_kinds[finding->kind];
	return is_kind && matches(rule->module, finding->module) &&
	       matches(rule->function, finding->function) &&
	       matches(rule->file, finding->at.file);
}

/* Can the recording tell? Some function that the rule speaks of ran. */
static bool is_judged(const struct comparison *comparison,
	const struct suppression_rule *rule)
{
	bool is_any = false;

	for (size_t i = 0; i < rule->nfindings; i++)
		is_any |= is_looked_for(comparison,
			(enum finding)(finding_find(rule->findings[i]) - finding_kinds));
	for (size_t i = 0; is_any && i < comparison->scan->nfunctions; i++) {
		const struct function *fn = &comparison->scan->functions[i];

		if (comparison->ran[i] && matches(rule->module, fn->module) &&
			matches(rule->function, fn->name) &&
			matches(rule->file, fn->file))
			return true;
	}
	return false;
}

static void apply_rule(struct applying *all, const struct suppression_rule *rule)
{
	const struct comparison *comparison = all->request->comparison;
	size_t count = 0;

	for (size_t i = 0; i < all->nfindings; i++) {
		struct diff_finding *finding = &all->list->items[i];

		if (!is_of_rule(rule, finding))
			continue;
		count++;
		if (!finding->suppressed)
			finding->suppressed = rule->reason;
	}
	if (!count && comparison && is_judged(comparison, rule))
		add_finding(all, FINDING_STALE_SUPPRESSION,
			(struct diff_place){
				all->request->rules_name, rule->origin.line, 0},
			arena_printf(all->list->arena,
				"this suppression of %s has nothing to suppress",
				rule->findings[0]));
}

void suppressions_apply(const struct suppressions_request *request,
	struct finding_list *list)
{
	struct applying all = {request, list, list->count, NULL};

	sort_findings(&all);
	apply_files(&all);
	if (request->rules)
		for (size_t i = 0; i < request->rules->nsuppressions; i++)
			apply_rule(&all, &request->rules->suppressions[i]);
	free(all.by_line);
}
