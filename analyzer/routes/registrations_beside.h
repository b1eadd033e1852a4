/* Dispatches that a function comes to by words of its own, and without one. */
#ifndef PCARCH_ANALYZER_ROUTES_REGISTRATIONS_BESIDE_H
#define PCARCH_ANALYZER_ROUTES_REGISTRATIONS_BESIDE_H

#include <stdbool.h>
#include <stdint.h>

struct dispatch;
struct routes_program;

/*
 * Does the function of a chain run one of its handlers also where no word was found:
 * `if (is(word, "dev")) err = run(DEV, …); else err = run(NONE, …);`? Then what `handler`
 * looks up comes without that word, too.
 */
bool dispatch_runs_beside(const struct routes_program *program,
	const struct dispatch *dispatch, uint32_t handler);

#endif
