/* build: -pthread */
/* A context that a thread keeps in the library: a struct with a function, and a function alone. */
#include <pthread.h>
#include <stddef.h>
#include <threads.h>

struct context {
	int (*run)(int);
};

static pthread_key_t struct_key, function_key;
static once_flag once = ONCE_FLAG_INIT;

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static void make_keys(void)
{
	pthread_key_create(&struct_key, NULL);
	pthread_key_create(&function_key, NULL);
}

static int work(void *context)
{
	call_once(&once, make_keys); /* -> call_once, make_keys; closed */
	pthread_setspecific(struct_key, context);
	pthread_setspecific(function_key, (void *)two);
	return ((struct context *)pthread_getspecific(struct_key))->run(0) + ((int (*)(int))pthread_getspecific(function_key))(0); /* -> pthread_getspecific, one, two; sound */
}

int main(void)
{
	struct context context = {one};
	thrd_t thread;
	int result;

	if (thrd_create(&thread, work, &context) != thrd_success) /* -> thrd_create, work; closed */
		return 1;
	thrd_join(thread, &result);
	return result == 3 ? 0 : 1;
}
