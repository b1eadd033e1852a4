#include "tracer/telemetry/listeners.h"

#include "tracer/telemetry/inside.h"

#include <pthread.h>

enum {
	MAX_LISTENERS = 8,
	NOBODY = PCARCH_LEVEL_FATAL + 1,
};

/* Held during their calls, so that none is called after pcarch_detach(); by the thread
 * itself again, as one may detach itself. */
static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static struct listener {
	pcarch_listener *call;
	void *data;
	enum pcarch_level level;
} listeners[MAX_LISTENERS];
static unsigned lowest = NOBODY;

static void find_lowest(void)
{
	unsigned level = NOBODY;

	for (size_t i = 0; i < MAX_LISTENERS; i++)
		if (listeners[i].call && listeners[i].level < level)
			level = listeners[i].level;
	__atomic_store_n(&lowest, level, __ATOMIC_RELEASE);
}

bool listeners_want(enum pcarch_level level)
{
	return (unsigned)level >= __atomic_load_n(&lowest, __ATOMIC_ACQUIRE);
}

bool pcarch_attach(pcarch_listener *listener, void *data, enum pcarch_level level)
{
	bool is_attached = false, was_inside;

	if (!listener)
		return false;
	was_inside = inside_enter();
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < MAX_LISTENERS && !is_attached; i++) {
		is_attached = !listeners[i].call;
		if (is_attached)
			listeners[i] = (struct listener){listener, data, level};
	}
	find_lowest();
	pthread_mutex_unlock(&lock);
	inside_leave(was_inside);
	return is_attached;
}

void pcarch_detach(pcarch_listener *listener, void *data)
{
	bool was_inside = inside_enter();

	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < MAX_LISTENERS; i++)
		if (listeners[i].call == listener && listeners[i].data == data)
			listeners[i] = (struct listener){NULL, NULL, PCARCH_LEVEL_TRACE};
	find_lowest();
	pthread_mutex_unlock(&lock);
	inside_leave(was_inside);
}

void listeners_tell(const struct pcarch_told *told)
{
	for (size_t i = 0; i < MAX_LISTENERS; i++)
		if (listeners[i].call && told->level >= listeners[i].level)
			listeners[i].call(listeners[i].data, told);
}

void listeners_hold(void)
{
	pthread_mutex_lock(&lock);
}

void listeners_let_go(void)
{
	pthread_mutex_unlock(&lock);
}

void listeners_restart(void)
{
	lock = (pthread_mutex_t)PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
}
