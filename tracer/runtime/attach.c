#include "tracer/runtime/attach.h"

#include "tracer/runtime/filter.h"
#include "tracer/runtime/lane.h"
#include "tracer/runtime/launch.h"
#include "tracer/runtime/objects.h"
#include "tracer/runtime/patch.h"
#include "tracer/runtime/recording.h"
#include "tracer/runtime/roots.h"
#include "tracer/runtime/settings.h"
#include "tracer/runtime/spans.h"
#include "tracer/runtime/stub.h"
#include "tracer/runtime/tell.h"
#include "tracer/runtime/ticks.h"
#include "tracer/runtime/vectors.h"
#include "tracer/runtime/words.h"

#include <errno.h>
#include <pthread.h>
#include <stddef.h>

#define EXPORTED __attribute__((visibility("default")))

/* Not in a header of libc. With no object given, it is called by exit() itself. */
// NOLINTBEGIN(readability-identifier-naming): libc's names
extern int __cxa_atexit(void (*function)(void *), void *argument, void *object);
extern void *__dso_handle __attribute__((visibility("hidden")));
// NOLINTEND(readability-identifier-naming)

void runtime_fork(void)
{
	int saved = errno;
	uint64_t trace = 0, span = 0;

	if (recording.header && settings.mode == RECORDING_SPANS)
		spans_here(&trace, &span);
	if (recording.header) {
		recording_fork();
		lanes_fork();
	}
	if (recording.header) {
		recording.header->fork_trace = trace;
		recording.header->fork_span = span;
	}
	if (recording.header && settings.mode == RECORDING_SPANS)
		spans_init();
	errno = saved;
}

/* What calls this calls the handlers of the program's own libraries, too. */
static void on_finalize(void *argument)
{
	(void)argument;
	if (recording.header)
		recording.header->finalize_site = (uint64_t)__builtin_return_address(0);
}

/* Registered before any other handler, so that it runs behind them. */
static void on_exit_last(void *argument)
{
	struct recording_header *header = recording.header;

	(void)argument;
	if (!header)
		return;
	header->exit_site = (uint64_t)__builtin_return_address(0);
	header->end_ns = recording_clock();
	spans_end_thread(pcarch_lane.table);
	ticks_pass(&pcarch_lane, NULL);
	__atomic_fetch_or(&header->state, RECORDING_EXITED, __ATOMIC_RELEASE);
	lanes_finish();
}

/* Objects may attach before the runtime's own constructor where it is linked statically.
 */
static void start_once(void)
{
	static bool is_started;

	if (is_started)
		return;
	is_started = true;
	settings_read();
	launch_init();
	if (!settings.mode || !recording_open())
		return;
	vectors_init();
	if (settings.mode == RECORDING_SPANS)
		roots_open();
	words_keep();
	ticks_open();
	filter_init();
	lanes_init();
	if (settings.mode == RECORDING_SPANS)
		spans_init();
	lane_expect();
	pthread_atfork(NULL, NULL, runtime_fork);
	__cxa_atexit(on_exit_last, NULL, NULL);
	__cxa_atexit(on_finalize, NULL, &__dso_handle);
}

__attribute__((constructor)) static void on_start(void)
{
	int saved = errno;

	start_once();
	errno = saved;
}

/* What its entries, and its hooks, are to do. */
static enum stub_state stub_state(void)
{
	if (settings.mode == RECORDING_SPANS)
		return STUB_SPANS;
	return ticks_are_counted() ? STUB_TIMED : STUB_EDGES;
}

static const void *enter_of(const struct pcarch_stub *stub)
{
	switch (stub_state()) {
	case STUB_SPANS:
		return stub->enter_span;
	case STUB_TIMED:
		return stub->enter_timed;
	default:
		return stub->enter;
	}
}

static void patch_object(const struct elf_image *image, struct pcarch_stub *stub,
	struct recording_object *object)
{
	const char *path = image->path[0]
				   ? image->path
				   : recording_at(recording.header->program.offset);
	const void *to = enter_of(stub);
	size_t nchoices = 0;
	struct choice *choices = choices_make(image, path, stub, &nchoices);
	uint64_t nfailed = 0, nfiltered = 0;

	if (to && choices)
		nfailed = patch_entries(image, stub, to, choices, nchoices);
	for (size_t i = 0; choices && i < nchoices; i++)
		nfiltered += !choices[i].is_traced;
	choices_release(choices, nchoices);
	__atomic_fetch_add(&recording.header->drops[RECORDING_DROP_FILTERED], nfiltered,
		__ATOMIC_RELAXED);
	__atomic_fetch_add(&recording.header->drops[RECORDING_DROP_UNPATCHED], nfailed,
		__ATOMIC_RELAXED);
	if (nfailed && object)
		object->flags |= RECORDING_OBJECT_READ_ONLY;
}

static void attach(struct pcarch_stub *stub)
{
	struct recording_object *object = NULL;
	struct elf_image image;
	uint64_t main_address = (uint64_t)stub->main;
	unsigned index;

	if (!elf_image_find((uint64_t)stub, &image))
		return;
	index = objects_register(&image);
	if (index != RECORDING_NO_OBJECT) {
		object = &recording.objects[index];
		object->entries = (uint64_t)stub->entries;
		object->nentries = (uint64_t)(stub->entries_end - stub->entries);
		object->init_site = (uint64_t)stub->init_site;
		if (main_address >= image.start && main_address < image.end)
			object->main = main_address;
	}
	stub->object = index;
	lane_expect();
	patch_object(&image, stub, object);
	*stub->text = image.text;
	*stub->text_size = image.text_end - image.text;
	*stub->ticks = ticks;
	*stub->is_on = stub_state();
}

EXPORTED void pcarch_attach_object(struct pcarch_stub *stub)
{
	int saved = errno;

	start_once();
	if (recording.header && stub->size >= sizeof(*stub))
		attach(stub);
	errno = saved;
}

EXPORTED void pcarch_detach_object(struct pcarch_stub *stub, const void *fini_site)
{
	struct recording_object *object;

	if (!recording.header || stub->size < sizeof(*stub) || !*stub->is_on ||
		stub->object >= recording.header->objects.room)
		return;
	object = &recording.objects[stub->object];
	object->fini_site = (uint64_t)fini_site;
	object->closed_ns = recording_clock();
}

EXPORTED void pcarch_enter_function(uint64_t function, uint64_t site, uint64_t body,
	uint64_t sp)
{
	uint64_t *count;

	if (!recording.header)
		return;
	count = lane_find(&pcarch_lane, site, body);
	if (count)
		lane_increment(count);
	else
		lane_miss_body(site, body);
	if (ticks_are_counted())
		lane_tick(site, body);
	if (settings.mode == RECORDING_SPANS)
		spans_enter_function(function, site, body, sp);
}

EXPORTED void pcarch_tell_execution(const struct recording_execution *execution)
{
	spans_tell(execution);
}

EXPORTED void pcarch_exit_function(uint64_t function, uint64_t sp)
{
	if (recording.header)
		spans_exit_function(function, sp);
}
