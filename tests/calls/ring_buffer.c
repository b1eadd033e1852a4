/* A queue of closures in a ring: whole structs go in, a copy comes out through a parameter. */
#include <stdbool.h>

#define SIZE 4

struct closure {
	int (*run)(void *data);
	void *data;
};

static struct closure ring[SIZE];
static unsigned head, tail;

static int add(void *data)
{
	return *(int *)data + 1;
}

static int negate(void *data)
{
	return -*(int *)data;
}

static bool enqueue(struct closure closure)
{
	if (tail - head == SIZE)
		return false;
	ring[tail++ % SIZE] = closure;
	return true;
}

static bool dequeue(struct closure *out)
{
	if (head == tail)
		return false;
	*out = ring[head++ % SIZE];
	return true;
}

int main(void)
{
	struct closure next;
	int a = 1, b = 7, sum = 0;

	enqueue((struct closure){add, &a});
	enqueue((struct closure){.data = &b, .run = negate});
	while (dequeue(&next))
		sum += next.run(next.data); /* -> add, negate; closed */
	return sum == -5 ? 0 : 1;
}
