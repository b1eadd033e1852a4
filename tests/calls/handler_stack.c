/* A stack of error handlers in an array and a list of pointers: pushed, called on top, popped. */
#include <stddef.h>

typedef int (*handler)(int);

struct frame {
	handler *place;
	handler saved;
	struct frame *below;
};

static handler stack[4];
static int depth;
static handler current;
static struct frame *frames;

static int outer(int x)
{
	return x + 1;
}

static int inner(int x)
{
	return x + 2;
}

static int scoped(int x)
{
	return x + 4;
}

static void push(handler h)
{
	stack[depth++] = h;
}

static handler pop(void)
{
	return stack[--depth];
}

static void enter(struct frame *frame, handler *place, handler with)
{
	*frame = (struct frame){place, *place, frames};
	frames = frame;
	*place = with;
}

static void leave(void)
{
	*frames->place = frames->saved;
	frames = frames->below;
}

int main(void)
{
	struct frame frame;
	int sum;

	push(outer);
	push(inner);
	sum = stack[depth - 1](0); /* -> inner, outer (may); closed */
	sum += pop()(0); /* -> pop, inner, outer (may); closed */
	current = outer;
	enter(&frame, &current, scoped);
	sum += current(0); /* -> scoped, outer (may); closed */
	leave();
	return sum + current(0) == 9 && !frames ? 0 : 1; /* -> outer, scoped (may); closed */
}
