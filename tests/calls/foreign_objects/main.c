/* Objects of a library without source: it gives them, with functions that nothing here puts in, and takes ours. */
#include "foreign.h"

static int finish(int x)
{
	return x + 1;
}

static int handle(struct foreign_event *event)
{
	return event->done(1); /* -> finish (run only); open +extra */
}

static int create(int x)
{
	return x + 5;
}

static const struct foreign_class class = {create};

int main(void)
{
	const struct foreign_event *event = foreign_wait();
	int sum;

	foreign_use(finish);
	sum = event->done(0); /* -> finish (run only); open +extra */
	foreign_on_event(handle); /* -> foreign_on_event, handle (run only); sound */
	sum += foreign_dispatch();
	return sum + foreign_create(&class) == 8 ? 0 : 1; /* -> foreign_create, create (run only); sound */
}
