/* Threads: directly, through a function that starts them, through a variable. */
#include <pthread.h>
#include <stddef.h>

static void *work(void *data)
{
	return data;
}

static void *clean(void *data)
{
	return data;
}

static void *listen_to(void *data)
{
	return data;
}

static void at_end(void *data)
{
	(void)data;
}

/* Public, and called by nothing but the system: no orphan. */
void before_fork(void)
{
}

static void start(void *(*run)(void *))
{
	pthread_t thread;

	pthread_create(&thread, NULL, run, NULL);
}

int main(int argc, char **argv)
{
	void *(*choice)(void *) = argc > 1 ? clean : listen_to;
	pthread_key_t key;
	pthread_t thread;

	(void)argv;
	start(work);
	pthread_create(&thread, NULL, choice, NULL);
	pthread_key_create(&key, at_end);
	return pthread_atfork(before_fork, NULL, NULL);
}
