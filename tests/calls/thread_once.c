/* build: -pthread */
/* What runs once, what runs when a thread ends, and what runs when it is cancelled or pops. */
#include <pthread.h>
#include <stddef.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static int initialised, destroyed, cleaned;

static void destroy(void *value)
{
	*(int *)value += 1;
}

static void initialise(void)
{
	initialised++;
	pthread_key_create(&key, destroy); /* -> pthread_key_create, destroy; closed */
}

static void clean(void *value)
{
	*(int *)value += 1;
}

static void *run(void *argument)
{
	pthread_once(&once, initialise); /* -> pthread_once, initialise; closed */
	pthread_once(&once, initialise); /* -> pthread_once, initialise; closed */
	pthread_setspecific(key, &destroyed);
	pthread_cleanup_push(clean, &cleaned); /* -> clean (may), __sigsetjmp (may), __pthread_register_cancel (may); sound +extra */
	pthread_cleanup_pop(1); /* -> clean (run only); sound +extra */
	return argument;
}

int main(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, run, NULL)) /* -> pthread_create, run; closed */
		return 1;
	pthread_join(thread, NULL);
	return initialised == 1 && destroyed == 1 && cleaned == 1 ? 0 : 1;
}
