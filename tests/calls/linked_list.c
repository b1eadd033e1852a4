/* Handlers in a list of nodes from malloc, put in front and called in turn. */
#include <stdlib.h>

struct node {
	int (*notify)(int);
	struct node *next;
};

static int log_it(int x)
{
	return x + 1;
}

static int mail_it(int x)
{
	return x + 2;
}

static struct node *push(struct node *list, int (*notify)(int))
{
	struct node *node = malloc(sizeof(*node));

	if (!node)
		abort();
	*node = (struct node){notify, list};
	return node;
}

int main(void)
{
	struct node *list = push(push(NULL, log_it), mail_it);
	int sum = 0;

	while (list) {
		struct node *next = list->next;

		sum += list->notify(0); /* -> log_it, mail_it; closed */
		free(list);
		list = next;
	}
	return sum == 3 ? 0 : 1;
}
