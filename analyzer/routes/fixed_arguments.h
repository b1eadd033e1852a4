/* Which parameters are given nothing but literals, by all that call the function. */
#ifndef PCARCH_ANALYZER_ROUTES_FIXED_ARGUMENTS_H
#define PCARCH_ANALYZER_ROUTES_FIXED_ARGUMENTS_H

#include <stdbool.h>
#include <stdint.h>

struct routes_program;

struct fixed_arguments;

struct fixed_arguments *fixed_arguments_read(const struct routes_program *program);
void fixed_arguments_free(struct fixed_arguments *fixed);

/* Is parameter `number` of the function always a text literal? */
bool fixed_argument(const struct fixed_arguments *fixed, uint32_t function,
	uint32_t number);

#endif
