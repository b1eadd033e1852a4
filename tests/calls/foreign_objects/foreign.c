/* foreign: libforeign.so */
#include "foreign.h"

static struct foreign_event event;
static int (*on_event)(struct foreign_event *event);

void foreign_use(int (*f)(int))
{
	event.done = f;
}

const struct foreign_event *foreign_wait(void)
{
	return &event;
}

void foreign_on_event(int (*handler)(struct foreign_event *event))
{
	on_event = handler;
}

int foreign_dispatch(void)
{
	return on_event(&event);
}

int foreign_create(const struct foreign_class *class)
{
	return class->create(0);
}
