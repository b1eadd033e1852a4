/*
 * Where functions put what they are given: `c->name = name`, `c->name = strdup(name)`, or
 * on to a function that does that.
 */
#ifndef PCARCH_ANALYZER_ROUTES_REGISTRATIONS_SINKS_H
#define PCARCH_ANALYZER_ROUTES_REGISTRATIONS_SINKS_H

#include <stdbool.h>
#include <stdint.h>

struct routes_program;

/* A field that a parameter ends in. */
struct sink {
	const char *record, *field;
	const struct sink *next; /* of the same parameter; NULL */
};

struct sinks;

struct sinks *sinks_read(const struct routes_program *program);
void sinks_free(struct sinks *sinks);

/* Does the function put any of its first parameters into a field? */
bool sinks_has(const struct sinks *sinks, uint32_t function);

/* The sinks of parameter `number` of a function; NULL: none. */
const struct sink *sinks_of(const struct sinks *sinks, uint32_t function,
	uint32_t number);

#endif
