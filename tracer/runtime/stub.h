/*
 * What each instrumented object links into itself, and tells the runtime when it is
 * loaded: patched entries reach no further than 2 GiB, so that the code they call has to
 * be in the same object.
 */
#ifndef PCARCH_TRACER_RUNTIME_STUB_H
#define PCARCH_TRACER_RUNTIME_STUB_H

#include <stdint.h>

struct pcarch_stub {
	uint64_t size; /* of this struct: a runtime may be newer than the objects */
	const uint64_t *entries, *entries_end; /* addresses of patchable entries */
	const void *enter, *enter_span; /* what a patched entry calls */
	const void *main; /* main(), of whatever object; or NULL */
	const void *init_site; /* what called the constructor */
	uint8_t *is_on; /* set it to have indirect calls counted */
	uint64_t object; /* the runtime's */
};

/* An object was loaded. */
void pcarch_attach(struct pcarch_stub *stub);

/* It is being unloaded, or the program ends; `fini_site` is what called its destructor.
 */
void pcarch_detach(struct pcarch_stub *stub, const void *fini_site);

#endif
