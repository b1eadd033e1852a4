/* A macro makes a constructor for each command, which links the command into a list
 * before main() begins. */
#include "registry.h"
#include <stdio.h>
#include <string.h>

static struct handler *head;

void handler_add(struct handler *handler)
{
	handler->next = head;
	head = handler;
}

int main(int argc, char **argv)
{
	struct handler *h = head;

	if (argc < 2)
		return 2;
	while (h && strcmp(h->key, argv[1]) != 0)
		h = h->next;
	return h ? h->serve(argc > 2 ? argv[2] : "") : 1;
}
