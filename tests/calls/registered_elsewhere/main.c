#include "registry.h"

static int on_start(int event, void *data)
{
	return event + *(int *)data;
}

void register_stop(void);

int main(void)
{
	int base = 10;

	listen_to(1, on_start, &base);
	register_stop();
	return publish(1) + publish(2) == 13 ? 0 : 1;
}
