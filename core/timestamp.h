/* Times in UTC as text, "2026-01-31T15:30:01.000000001Z". Source: RFC 3339. */
#ifndef PCARCH_CORE_TIMESTAMP_H
#define PCARCH_CORE_TIMESTAMP_H

#include <stdbool.h>
#include <stdint.h>

enum {
	TIMESTAMP_SIZE = 31, /* with nanoseconds, and a NUL */
};

/*
 * Nanoseconds since 1970 of a whole RFC 3339 time in UTC: capital T and Z, at most nine
 * digits of a second. False for any other text, an offset, a 31st of June, a leap second,
 * a year before 1970 or after 2500.
 */
bool timestamp_parse(const char *text, uint64_t *ns);

/*
 * The same for what people type: the time may end after the day, the minute or the
 * second, a space may stand for T, and the Z may be missing; or it is an age, "90s",
 * "10m", "2h", "7d", before `now_ns`.
 */
bool timestamp_parse_typed(const char *text, uint64_t now_ns, uint64_t *ns);

/* The text with `digits` digits of a second, 0 to 9. */
void timestamp_print(uint64_t ns, unsigned digits, char out[TIMESTAMP_SIZE]);

/* Now. */
uint64_t timestamp_now(void);

#endif
