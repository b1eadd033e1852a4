/* Three-way comparisons, for sorting by one key after the other. */
#ifndef PCARCH_CORE_COMPARE_H
#define PCARCH_CORE_COMPARE_H

#include <stdint.h>

static inline int compare_u32(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

#endif
