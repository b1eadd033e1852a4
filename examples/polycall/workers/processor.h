/* What can be done with a job's text: processors, by the kind that the job names. */
#ifndef POLYCALL_WORKERS_PROCESSOR_H
#define POLYCALL_WORKERS_PROCESSOR_H

#include <stdbool.h>
#include <stddef.h>

struct failure;

/* Turn `text` into at most `size` - 1 bytes and a NUL in `out`. */
typedef bool processor_fn(const char *text, char *out, size_t size);

struct processor {
	const char *kind;
	processor_fn *run;
};

/* The processor of `kind`; NULL when there is none. */
const struct processor *processor_find(const char *kind);

/* Add one to those that are built in; false when there is no room. */
bool processor_add(struct processor processor);

/* Add what the shared object at `path` defines as `polycall_processor`. */
bool processor_load(const char *path, struct failure *why);

#endif
