/*
 * What each instrumented object links into itself, and tells the runtime when it is
 * loaded: patched entries reach no further than 2 GiB, so that the code they call has to
 * be in the same object.
 */
#ifndef PCARCH_TRACER_RUNTIME_STUB_H
#define PCARCH_TRACER_RUNTIME_STUB_H

#include <stdint.h>

enum stub_state {
	STUB_OFF,
	STUB_EDGES,
	STUB_SPANS,
	STUB_TIMED,
};

struct pcarch_stub {
	uint64_t size; /* of this struct: a runtime may be newer than the objects */
	const uint64_t *entries, *entries_end; /* addresses of patchable entries */
	const void *enter, *enter_span; /* what a patched entry calls */
	int32_t *mask, *edges; /* displacements in enter: of pcarch_lane, behind %fs */
	const void *main; /* main(), of whatever object; or NULL */
	const void *init_site; /* what called the constructor */
	uint8_t *is_on; /* enum stub_state: hooks look at it */
	uint64_t *text, *text_size; /* of the object: thunks look at them */
	uint64_t object; /* the runtime's */
	/* Since version 2: what a patched entry calls where ticks are counted. */
	const void *enter_timed;
	int32_t *timed_mask, *timed_edges, *timed_last, *timed_tick;
	const uint32_t **ticks; /* what counts them */
};

/* In each object: *is_on, *text and *text_size of its stub. */
extern uint8_t pcarch_stub_is_on __attribute__((visibility("hidden")));
extern uint64_t pcarch_stub_text __attribute__((visibility("hidden")));
extern uint64_t pcarch_stub_text_size __attribute__((visibility("hidden")));

/* An object was loaded. */
void pcarch_attach_object(struct pcarch_stub *stub);

/* It is unloaded, or the program ends; `fini_site` is what called its destructor. */
void pcarch_detach_object(struct pcarch_stub *stub, const void *fini_site);

/* What the hooks of -finstrument-functions do not do themselves (lane.h, spans.h). */
void pcarch_enter_function(uint64_t function, uint64_t site, uint64_t body, uint64_t sp);
void pcarch_exit_function(uint64_t function, uint64_t sp);

#endif
