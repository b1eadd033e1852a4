/* tsearch, tfind, tdelete, twalk and tdestroy: comparators, visitors, and one that frees. */
#include <search.h>
#include <stddef.h>

static void *tree;
static int visited, freed;

static int compare(const void *a, const void *b)
{
	return (a > b) - (a < b);
}

static void visit(const void *node, VISIT order, int depth)
{
	(void)node, (void)depth;
	visited += order == leaf || order == postorder;
}

static void release(void *node)
{
	(void)node;
	freed++;
}

int main(void)
{
	static int items[3];

	for (int i = 0; i < 3; i++)
		if (!tsearch(&items[i], &tree, compare)) /* -> tsearch, compare; closed */
			return 1;
	if (!tfind(&items[1], &tree, compare)) /* -> tfind, compare; closed */
		return 1;
	tdelete(&items[2], &tree, compare); /* -> tdelete, compare; closed */
	twalk(tree, visit); /* -> twalk, visit; closed */
	tdestroy(tree, release); /* -> tdestroy, release; closed */
	return visited == 2 && freed == 2 ? 0 : 1;
}
