/* Handlers on a tail queue of <sys/queue.h>: put in, moved, taken out, all by macros. */
#include <stdlib.h>
#include <sys/queue.h>

struct handler {
	int (*run)(int);
	TAILQ_ENTRY(handler) link;
};

TAILQ_HEAD(handlers, handler);

static struct handlers handlers = TAILQ_HEAD_INITIALIZER(handlers);

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static void add(int (*run)(int))
{
	struct handler *handler = calloc(1, sizeof(*handler));

	if (!handler)
		abort();
	handler->run = run;
	TAILQ_INSERT_TAIL(&handlers, handler, link);
}

int main(void)
{
	struct handler *handler;
	int sum = 0;

	add(one);
	add(two);
	TAILQ_FOREACH(handler, &handlers, link)
		sum += handler->run(0); /* -> one, two; closed */
	while ((handler = TAILQ_FIRST(&handlers))) {
		sum += TAILQ_FIRST(&handlers)->run(0); /* -> one, two; closed */
		TAILQ_REMOVE(&handlers, handler, link);
		free(handler);
	}
	return sum == 6 ? 0 : 1;
}
