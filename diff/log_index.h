/* The lines of a segment by their numbers, to see what became of them. */
#ifndef PCARCH_DIFF_LOG_INDEX_H
#define PCARCH_DIFF_LOG_INDEX_H

#include "core/log_lines.h"
#include "core/log_seal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;
struct log_segment;

enum {
	LOG_INDEX_MAX = 1 << 20, /* lines; a segment of the default size has fewer */
};

enum index_state {
	INDEX_FITS, /* its seal is right, behind the line before it */
	INDEX_UNKNOWN, /* the line before it is missing, or there are no keys */
	INDEX_WRONG, /* its seal is not */
	INDEX_EXTRA, /* another line has its number, with better right */
	INDEX_UNREADABLE, /* no event, or without a seal */
};

struct indexed_line {
	uint64_t seq, number, offset;
	uint32_t len, epoch, original; /* of an extra: who has the number, in lines[] */
	enum index_state state;
	uint8_t seal[LOG_SEAL_BYTES];
};

struct log_index {
	const struct log_segment *segment;
	struct log_keys *keys; /* NULL: none */
	struct log_lines file;
	char *buffer; /* heap: of two lines that are read again */
	struct indexed_line *lines; /* heap: as they stand in the file */
	size_t nlines, room;
	uint32_t *order; /* heap: of lines[], by number, extras and unreadable ones left
			    out */
	size_t norder;
	uint64_t unread_from; /* line from which on there is no index; 0: all are in it */
};

/* Read the segment; then lines have a state, and those that have a number an order. */
bool log_index_open(struct log_index *index, const struct log_segment *segment,
	struct log_keys *keys, struct error *err);
void log_index_close(struct log_index *index);

#define scoped_log_index __attribute__((cleanup(log_index_close))) struct log_index

/* Do two lines have the same bytes? */
bool log_index_same(struct log_index *index, uint32_t a, uint32_t b);

/* Does lines[line] follow one that has the seal `previous`? */
bool log_index_fits(struct log_index *index, uint32_t line,
	const uint8_t previous[LOG_SEAL_BYTES]);

/* The seal that lines[line] should have behind `previous`; false: it cannot be made. */
bool log_index_seal(struct log_index *index, uint32_t line,
	const uint8_t previous[LOG_SEAL_BYTES], uint8_t out[LOG_SEAL_BYTES]);

#endif
