/* Negative: the value of an option names a target, by signs and words that stand for one;
 * all end in finding it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pane {
	int x, y;
};

static struct pane *find_up(struct pane *from)
{
	return from->y ? from : NULL;
}
static struct pane *find_down(struct pane *from)
{
	return from + 1;
}
static struct pane *last_pane(struct pane *all)
{
	return all + 3;
}
static struct pane *by_number(struct pane *all, const char *text)
{
	return all + (unsigned)atoi(text) % 4;
}

static struct pane *find_pane(struct pane *all, const char *target)
{
	if (strcmp(target, "!") == 0 || strcmp(target, "{last}") == 0)
		return last_pane(all);
	if (strcmp(target, "{up-of}") == 0)
		return find_up(all);
	if (strcmp(target, "{down-of}") == 0)
		return find_down(all);
	return by_number(all, target);
}

static int split(struct pane *pane)
{
	return printf("%d %d\n", pane->x, pane->y) < 0;
}

int main(int argc, char **argv)
{
	static struct pane all[8];
	struct pane *pane = all;

	for (int i = 1; i + 1 < argc; i += 2) {
		if (strcmp(argv[i], "-t") != 0)
			return 2;
		pane = find_pane(all, argv[i + 1]);
	}
	return pane ? split(pane) : 1;
}
