/* What counts the ticks by which a run's processes tell where time goes (core/record.h).
 */
#ifndef PCARCH_TRACER_TICK_PAGE_H
#define PCARCH_TRACER_TICK_PAGE_H

#include <pthread.h>
#include <stdbool.h>

struct error;
struct recording_ticks;
struct run_directory;

struct tick_page {
	struct recording_ticks *page;
	pthread_t thread;
	bool is_counting, is_told; /* is_told: to stop */
};

/*
 * Make the page in the directory of the run, and count in it, in a thread that no signal
 * comes to, until tick_page_stop(). A process that looks at it needs nothing of us: when
 * we are gone, time stands still.
 */
bool tick_page_start(struct tick_page *ticks, const struct run_directory *run,
	struct error *err);
void tick_page_stop(struct tick_page *ticks);

#define scoped_ticks __attribute__((cleanup(tick_page_stop))) struct tick_page

#endif
