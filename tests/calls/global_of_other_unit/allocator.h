#include <stddef.h>

struct allocator {
	void *(*get)(size_t);
	void (*put)(void *);
};

extern struct allocator allocator;
extern int (*on_failure)(size_t);

void *get_memory(size_t size);
void put_memory(void *memory);
