/*
 * What -finstrument-functions calls, the portable way: part of each instrumented object,
 * so that the calls do not go through its procedure linkage table.
 */
#include "tracer/runtime/lane.h"
#include "tracer/runtime/stub.h"

#define HIDDEN __attribute__((visibility("hidden")))

// NOLINTBEGIN(readability-identifier-naming): the compiler's names
HIDDEN void __cyg_profile_func_enter(void *function, void *call_site);
HIDDEN void __cyg_profile_func_exit(void *function, void *call_site);
// NOLINTEND(readability-identifier-naming)

/* Of the function that calls the hook, the same at its entry and its exit. */
#define FRAME ((uint64_t)__builtin_frame_address(0))

/*
 * An inlined function has the call site of the one that it was inlined into. Where this
 * hook is called from tells them apart, for whoever reads the debug information.
 */
void __cyg_profile_func_enter(void *function, void *call_site)
{
	uint64_t body = (uint64_t)__builtin_return_address(0), site = (uint64_t)call_site;
	uint64_t *count = NULL;

	if (!pcarch_stub_is_on)
		return;
	if (pcarch_stub_is_on == STUB_EDGES)
		count = lane_find(&pcarch_lane, site, body);
	if (count)
		lane_increment(count);
	else
		pcarch_enter_function((uint64_t)function, site, body, FRAME);
}

void __cyg_profile_func_exit(void *function, void *call_site)
{
	(void)call_site;
	if (pcarch_stub_is_on == STUB_SPANS)
		pcarch_exit_function((uint64_t)function, FRAME);
}
