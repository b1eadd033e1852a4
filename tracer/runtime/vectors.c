#include "tracer/runtime/vectors.h"

#include <stdint.h>

#ifdef __x86_64__
#include <cpuid.h>

enum {
	OSXSAVE = 1 << 27, /* CPUID leaf 1, ECX */
	X87_TO_AVX512 = 0xe7, /* components in XCR0; AMX tiles are no arguments */
};

/* For XSAVE; 0: there is none, only SSE. */
__attribute__((visibility("hidden"))) uint32_t vector_state_mask;

void vectors_init(void)
{
	uint32_t eax, ebx, ecx, edx;

	if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx & OSXSAVE))
		return;
	__asm__("xgetbv" : "=a"(eax), "=d"(edx) : "c"(0));
	vector_state_mask = eax & X87_TO_AVX512;
}

#else

/* There the runtime is called as any function: its caller has saved what it needs. */
void vectors_init(void)
{
}

void call_saving_vectors(void (*function)(void *), void *argument)
{
	function(argument);
}

#endif
