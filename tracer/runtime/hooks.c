/* What -finstrument-functions calls: the portable way. */
#include "tracer/runtime/lane.h"
#include "tracer/runtime/recording.h"
#include "tracer/runtime/settings.h"
#include "tracer/runtime/spans.h"

/* Of the function that calls the hook, the same at its entry and its exit. */
#define FRAME ((uint64_t)__builtin_frame_address(0))

#define exported __attribute__((visibility("default")))

exported void __cyg_profile_func_enter(void *function, void *call_site);
exported void __cyg_profile_func_exit(void *function, void *call_site);

/*
 * An inlined function has the call site of the one that it was inlined into. Where this
 * hook is called from tells them apart, for whoever reads the debug information.
 */
void __cyg_profile_func_enter(void *function, void *call_site)
{
	uint64_t body = (uint64_t)__builtin_return_address(0), site = (uint64_t)call_site;
	uint64_t *count;

	if (!recording.header)
		return;
	count = lane_find(&pcarch_lane, site, body);
	if (count)
		lane_increment(count);
	else
		lane_miss_body(site, body);
	if (settings.mode == RECORDING_SPANS)
		spans_enter_function((uint64_t)function, site, body, FRAME);
}

void __cyg_profile_func_exit(void *function, void *call_site)
{
	(void)call_site;
	if (recording.header && settings.mode == RECORDING_SPANS)
		spans_exit_function((uint64_t)function, FRAME);
}
