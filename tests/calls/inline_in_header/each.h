/* An inline function of a header is one function, called in two units with different callbacks. */
#include <stddef.h>

static inline int each(const int *items, size_t count, int (*visit)(int))
{
	int sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += visit(items[i]); /* -> plus_one, plus_two; closed */
	return sum;
}

#define EACH(items, count, expression) \
	do { \
		for (size_t i_ = 0; i_ < (count); i_++) { \
			int it = (items)[i_]; \
			(void)it; \
			expression; \
		} \
	} while (0)
