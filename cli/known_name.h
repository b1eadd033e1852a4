/* What a name that people give means in a program: a function, a module. */
#ifndef PCARCH_CLI_KNOWN_NAME_H
#define PCARCH_CLI_KNOWN_NAME_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct program;

struct known_names {
	const char *command; /* that messages are of */
	const char *file; /* static.json, as messages name it */
	const struct program *program;
	struct arena *arena;
};

/*
 * The function or module that `spelled` means. When it means none or several, say so and
 * how to say it.
 */
bool known_function(const struct known_names *names, const char *spelled, uint32_t *out);
bool known_module(const struct known_names *names, const char *spelled, uint32_t *out);

#endif
