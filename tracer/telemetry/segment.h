/*
 * A file of the log: made once, added to line by line, each line sealed and one write.
 * docs/telemetry-log.md has the bytes. The caller holds a lock.
 */
#ifndef PCARCH_TRACER_TELEMETRY_SEGMENT_H
#define PCARCH_TRACER_TELEMETRY_SEGMENT_H

#include "tracer/telemetry/seal.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct guid_key;
struct line;
struct settings;

struct segment {
	int fd; /* -1: none is open */
	dev_t device;
	ino_t inode;
	uint64_t size, limit; /* bytes: of the file, and what the process may write */
	unsigned number; /* from 1; 0: there was none yet */
	uint64_t nlines; /* since the last checkpoint */
	uint8_t nonce[16], previous[SEAL_SIZE];
	struct seal seal;
	struct seal_origin origin;
};

/* Make the one after `segment`, which is closed; as many as `settings` says are kept.
 * False: errno, and there is none. */
bool segment_open(struct segment *segment, const struct settings *settings,
	const struct guid_key *key, const char *instance);

/* May `length` more bytes be added? */
bool segment_has_room(const struct segment *segment, const struct settings *settings,
	size_t length);

/*
 * Seal `line` and write it; the line is complete afterwards. False: errno; nothing of it
 * is in the file, unless even that could not be undone: then the segment is closed.
 */
bool segment_write(struct segment *segment, struct line *line, uint64_t seq);

/* A checkpoint was written: the next epoch begins. */
void segment_end_epoch(struct segment *segment);

/* Have the kernel put on the disk what was written. */
void segment_sync(const struct segment *segment);

void segment_close(struct segment *segment);

/* Close one in which no line could be written, and remove it. */
void segment_discard(struct segment *segment, const struct settings *settings,
	const char *instance);

#endif
