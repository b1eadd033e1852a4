#include "diff/folded.h"

#include "core/arena.h"
#include "core/dynamic_trace.h"
#include "core/text.h"
#include "diff/span_tree.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_STACK = 200 /* a file may say that spans are inside each other in a circle */
};

struct stack {
	char *names; /* heap */
	uint64_t us;
};

/* A ';' or a line's end would be read as something else. */
static void add_name(struct text *text, const char *name)
{
	static const char special[] = "; \n\r\t";

	while (*name) {
		size_t len = strcspn(name, special);

		text_add_bytes(text, name, len);
		name += len;
		if (*name) {
			text_add_char(text, '_');
			name++;
		}
	}
}

static struct stack stack_of(const struct span_tree *tree, uint32_t index)
{
	uint32_t path[MAX_STACK];
	struct text names = {0};
	size_t n = 0;

	for (uint32_t at = index; at != UINT32_MAX && n < MAX_STACK;
		at = tree->spans[at].parent)
		path[n++] = at;
	while (n > 0) {
		const struct placed_span *placed = &tree->spans[path[--n]];

		add_name(&names, span_tree_name(tree->all, placed->span));
		if (n)
			text_add_char(&names, ';');
	}
	return (struct stack){
		names.bytes ? names.bytes : xstrdup(""), tree->spans[index].self_us};
}

static int by_names(const void *a, const void *b)
{
	return strcmp(((const struct stack *)a)->names, ((const struct stack *)b)->names);
}

bool folded_write(const struct dynamic_trace *trace, FILE *out)
{
	scoped_span_tree tree;
	struct stack *stacks;

	span_tree_open(&tree, trace);
	stacks = xmalloc(tree.nspans * sizeof(*stacks));
	for (uint32_t i = 0; i < tree.nspans; i++)
		stacks[i] = stack_of(&tree, i);
	qsort(stacks, tree.nspans, sizeof(*stacks), by_names);
	for (size_t i = 0; i < tree.nspans; i++) {
		bool is_last = i + 1 == tree.nspans ||
			       strcmp(stacks[i].names, stacks[i + 1].names) != 0;

		if (is_last && stacks[i].us)
			fprintf(out, "%s %" PRIu64 "\n", stacks[i].names, stacks[i].us);
		else if (!is_last)
			stacks[i + 1].us = dynamic_sum(stacks[i + 1].us, stacks[i].us);
		free(stacks[i].names);
	}
	free(stacks);
	return !ferror(out);
}
