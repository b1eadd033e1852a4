/* Part of each instrumented object; registers it. */
#include "tracer/runtime/stub.h"

#include <stddef.h>

#define HIDDEN __attribute__((visibility("hidden")))

/* Made by the linker where the section is there. */
extern const uint64_t first_entry[] __asm__("__start___patchable_function_entries")
	__attribute__((weak)) HIDDEN;
extern const uint64_t last_entry[] __asm__("__stop___patchable_function_entries")
	__attribute__((weak)) HIDDEN;
/* Not hidden: that would hide the main() of a program that exports it. */
extern const char program_main[] __asm__("main") __attribute__((weak));

uint8_t pcarch_stub_is_on;
uint64_t pcarch_stub_text, pcarch_stub_text_size;
/* Used by enter.S alone. */
HIDDEN const uint32_t *pcarch_stub_ticks;

#ifdef __x86_64__
HIDDEN void pcarch_stub_enter(void);
HIDDEN void pcarch_stub_enter_span(void);
HIDDEN void pcarch_stub_enter_timed(void);
HIDDEN extern int32_t pcarch_stub_mask, pcarch_stub_edges;
HIDDEN extern int32_t pcarch_stub_timed_mask, pcarch_stub_timed_edges;
HIDDEN extern int32_t pcarch_stub_timed_last, pcarch_stub_timed_tick;
#define PLACE(name) (&pcarch_stub_##name)
#else
#define pcarch_stub_enter NULL
#define pcarch_stub_enter_span NULL
#define pcarch_stub_enter_timed NULL
#define PLACE(name) NULL
#endif

static struct pcarch_stub stub;

/* The linker is told to ask for this name, so that the archive's member is linked. */
HIDDEN const char pcarch_stub = 1;

/* First of the object's constructors, so that the others are seen. */
__attribute__((constructor(101))) static void on_load(void)
{
	stub = (struct pcarch_stub){
		.size = sizeof(stub),
		.entries = first_entry,
		.entries_end = last_entry,
		.enter = (const void *)pcarch_stub_enter,
		.enter_span = (const void *)pcarch_stub_enter_span,
		.mask = PLACE(mask),
		.edges = PLACE(edges),
		.main = program_main,
		.init_site = __builtin_return_address(0),
		.is_on = &pcarch_stub_is_on,
		.text = &pcarch_stub_text,
		.text_size = &pcarch_stub_text_size,
		.enter_timed = (const void *)pcarch_stub_enter_timed,
		.timed_mask = PLACE(timed_mask),
		.timed_edges = PLACE(timed_edges),
		.timed_last = PLACE(timed_last),
		.timed_tick = PLACE(timed_tick),
		.ticks = &pcarch_stub_ticks,
	};
	pcarch_attach_object(&stub);
}

__attribute__((destructor(101))) static void on_unload(void)
{
	pcarch_detach_object(&stub, __builtin_return_address(0));
}
