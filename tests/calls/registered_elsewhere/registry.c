/* Callbacks that come in one file and are called in another. */
#include "registry.h"

#define MAX 4

static struct {
	int event;
	listener listener;
	void *data;
} listeners[MAX];
static int nlisteners;

void listen_to(int event, listener listener, void *data)
{
	if (nlisteners == MAX)
		return;
	listeners[nlisteners].event = event;
	listeners[nlisteners].listener = listener;
	listeners[nlisteners++].data = data;
}

int publish(int event)
{
	int sum = 0;

	for (int i = 0; i < nlisteners; i++)
		if (listeners[i].event == event)
			sum += listeners[i].listener(event, listeners[i].data); /* -> on_start, on_stop; closed */
	return sum;
}
