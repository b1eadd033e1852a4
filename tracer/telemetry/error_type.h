/*
 * Symbolic types of errors: few, and the same for the same fault wherever it comes from.
 * Each has one sentence of ours, as what others say may hold anything.
 */
#ifndef PCARCH_TRACER_TELEMETRY_ERROR_TYPE_H
#define PCARCH_TRACER_TELEMETRY_ERROR_TYPE_H

#include <stdbool.h>

#define ERROR_TYPE_OTHER "_OTHER"

struct error_type {
	const char *name;
	const char *message;
	bool is_retryable;
};

/* By the status of an HTTP response; NULL below 400: no error. */
const struct error_type *error_type_of_http(int status);

/* By errno; NULL for 0. */
const struct error_type *error_type_of_errno(int number);

/* By an exit status: 126, 127, above 128 a signal; NULL for 0. */
const struct error_type *error_type_of_exit(int status);

/* By name; one that is not in the catalogue has ERROR_TYPE_OTHER's message, and may not
 * be retried. */
const struct error_type *error_type_of_name(const char *name);

#endif
