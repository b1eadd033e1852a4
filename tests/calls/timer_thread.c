/* build: -pthread -lrt */
/* A timer that ends in a thread of its own: function and argument are fields of the library's struct. */
#include <semaphore.h>
#include <signal.h>
#include <stddef.h>
#include <time.h>

struct alarm {
	sem_t done;
	int (*ring)(int);
	int result;
};

static int ring(int x)
{
	return x + 1;
}

static void expire(union sigval value)
{
	struct alarm *alarm = value.sival_ptr;

	alarm->result = alarm->ring(0); /* -> ring; sound */
	sem_post(&alarm->done);
}

int main(void)
{
	struct alarm alarm = {.ring = ring};
	struct sigevent event = {.sigev_notify = SIGEV_THREAD};
	struct itimerspec soon = {.it_value = {0, 1}};
	timer_t timer;

	event.sigev_notify_function = expire;
	event.sigev_value.sival_ptr = &alarm;
	if (sem_init(&alarm.done, 0, 0))
		return 1;
	if (timer_create(CLOCK_MONOTONIC, &event, &timer)) /* -> timer_create, expire; closed */
		return 1;
	if (timer_settime(timer, 0, &soon, NULL) || sem_wait(&alarm.done))
		return 1;
	return alarm.result == 1 ? 0 : 1;
}
