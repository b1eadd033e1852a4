/*
 * Anchors: where a process's log stood, kept elsewhere, so that it is seen when what was
 * there is cut off. One line of text each:
 *
 *	pcarch.log.v1 INSTANCE SEGMENT SEQ SEAL TIME
 */
#ifndef PCARCH_DIFF_LOG_ANCHOR_H
#define PCARCH_DIFF_LOG_ANCHOR_H

#include "core/log_seal.h"
#include "core/timestamp.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct arena;
struct error;

struct log_anchor {
	char instance[2 * LOG_NONCE_BYTES + 1];
	char time[TIMESTAMP_SIZE]; /* of the line */
	uint64_t segment, seq;
	uint8_t seal[LOG_SEAL_BYTES];
	bool is_met; /* log_verify() has seen the line */
};

void log_anchor_write(const struct log_anchor *anchor, FILE *out);

/* All anchors of a file ("-": stdin); lines that begin with '#' and empty ones are none.
 */
bool log_anchors_read(struct arena *arena, const char *path, struct log_anchor **out,
	size_t *n, struct error *err);

/*
 * The anchor of a segment: its last whole line. False: it cannot be read, or has no line
 * that is a sealed event.
 */
bool log_anchor_of(struct arena *arena, const char *path, struct log_anchor *out,
	struct error *err);

#endif
