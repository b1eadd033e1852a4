#include "tracer/telemetry/inside.h"

static __thread volatile bool is_inside __attribute__((tls_model("initial-exec")));

bool inside_is(void)
{
	return is_inside;
}

bool inside_enter(void)
{
	bool was_inside = is_inside;

	is_inside = true;
	return was_inside;
}

void inside_leave(bool was_inside)
{
	is_inside = was_inside;
}
