/* makecontext passes integers alone: a pointer goes in two halves, and so does a function. */
/* build: -Wno-cast-function-type */
#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

struct coroutine {
	int (*body)(int);
	int result;
};

static ucontext_t main_context, other_context;
static char stack[65536];

static int body(int x)
{
	return x + 1;
}

static int finish(int x)
{
	return x + 2;
}

static void start(unsigned high, unsigned low, unsigned finish_high, unsigned finish_low)
{
	struct coroutine *coroutine = (struct coroutine *)((uintptr_t)high << 32 | low);
	int (*last)(int) = (int (*)(int))((uintptr_t)finish_high << 32 | finish_low);

	coroutine->result = coroutine->body(0); /* -> body; closed */
	coroutine->result += last(0); /* -> finish; sound */
}

int main(void)
{
	struct coroutine coroutine = {body, 0};
	uintptr_t self = (uintptr_t)&coroutine, last = (uintptr_t)finish;

	if (getcontext(&other_context))
		return 1;
	other_context.uc_stack.ss_sp = stack;
	other_context.uc_stack.ss_size = sizeof(stack);
	other_context.uc_link = &main_context;
	makecontext(&other_context, (void (*)(void))start, 4, (unsigned)(self >> 32), (unsigned)self, (unsigned)(last >> 32), (unsigned)last); /* -> makecontext, start; closed */
	if (swapcontext(&main_context, &other_context))
		return 1;
	return coroutine.result == 3 ? 0 : 1;
}
