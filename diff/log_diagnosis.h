/* What was done to a segment whose lines are not as they were written. */
#ifndef PCARCH_DIFF_LOG_DIAGNOSIS_H
#define PCARCH_DIFF_LOG_DIAGNOSIS_H

#include <stdbool.h>
#include <stdint.h>

struct error;
struct log_findings;
struct log_keys;
struct log_segment;

/*
 * Read the segment again, put its lines into the order of their numbers and say which
 * were changed, deleted, inserted, moved, repeated or sealed anew. `keys` NULL: seals
 * cannot be checked, and a changed line is not seen. Says nothing of what is as it was.
 * *last_seq becomes the highest number that belongs to the segment, if there is one.
 * Keeps about 80 bytes a line, of LOG_INDEX_MAX lines at most.
 */
bool log_diagnose(const struct log_segment *segment, struct log_keys *keys,
	struct log_findings *findings, uint64_t *last_seq, struct error *err);

#endif
