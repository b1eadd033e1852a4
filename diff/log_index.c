#include "diff/log_index.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/event_json.h"
#include "diff/log_segment.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	RIVALS_MAX =
		16, /* lines with one number that are weighed; a forger may add more */
};

static void add_line(struct log_index *index, const struct log_line *line,
	const struct event *event)
{
	struct sealed_line sealed;
	struct indexed_line *added;

	index->lines =
		grow(index->lines, index->nlines, &index->room, sizeof(*index->lines));
	added = &index->lines[index->nlines++];
	*added = (struct indexed_line){.number = line->number,
		.offset = line->offset,
		.len = (uint32_t)line->len,
		.state = INDEX_UNREADABLE};
	if (!event || event->seq == UINT64_MAX || event->epoch >= LOG_EPOCHS_MAX ||
		strcmp(event->instance_id, index->segment->instance) != 0 ||
		!log_seal_split(line->bytes, line->len, &sealed))
		return;
	added->seq = event->seq;
	added->epoch = (uint32_t)event->epoch;
	added->state = INDEX_UNKNOWN;
	memcpy(added->seal, sealed.seal, sizeof(added->seal));
}

static bool read_lines(struct log_index *index, struct error *err)
{
	scoped_event_reader reader = {.is_open = false};
	struct log_line line;
	struct event event;
	struct error ignored;

	while (log_lines_next(&index->file, &line)) {
		bool is_event;

		if (!line.has_end)
			continue;
		if (index->nlines == LOG_INDEX_MAX) {
			index->unread_from = line.number;
			return true;
		}
		is_event = event_json_read(&reader, index->segment->path, &line, &event,
			&ignored);
		add_line(index, &line, is_event ? &event : NULL);
	}
	return log_lines_end(&index->file, err);
}

static bool read_again(struct log_index *index, uint32_t line, char *out)
{
	const struct indexed_line *indexed = &index->lines[line];

	return pread(index->file.fd, out, indexed->len, (off_t)indexed->offset) ==
	       (ssize_t)indexed->len;
}

bool log_index_same(struct log_index *index, uint32_t a, uint32_t b)
{
	char *other = index->buffer + LOG_LINE_MAX;

	return index->lines[a].len == index->lines[b].len &&
	       read_again(index, a, index->buffer) && read_again(index, b, other) &&
	       memcmp(index->buffer, other, index->lines[a].len) == 0;
}

bool log_index_seal(struct log_index *index, uint32_t line,
	const uint8_t previous[LOG_SEAL_BYTES], uint8_t out[LOG_SEAL_BYTES])
{
	const struct indexed_line *indexed = &index->lines[line];
	const uint8_t *key =
		index->keys ? log_keys_of(index->keys, indexed->epoch) : NULL;
	struct sealed_line sealed;

	if (!key || !read_again(index, line, index->buffer) ||
		!log_seal_split(index->buffer, indexed->len, &sealed))
		return false;
	sealed.seq = indexed->seq;
	sealed.epoch = indexed->epoch;
	log_seal_make(&sealed, key, previous, out);
	return true;
}

bool log_index_fits(struct log_index *index, uint32_t line,
	const uint8_t previous[LOG_SEAL_BYTES])
{
	uint8_t seal[LOG_SEAL_BYTES];

	return log_index_seal(index, line, previous, seal) &&
	       memcmp(seal, index->lines[line].seal, sizeof(seal)) == 0;
}

static int by_number(const void *a, const void *b, void *context)
{
	const struct indexed_line *lines = context;
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	uint64_t x = lines[left].seq, y = lines[right].seq;

	return x != y ? (x > y) - (x < y) : (left > right) - (left < right);
}

/* Of the lines from[0..n) with one number, the one that the next number follows. */
static size_t find_followed(struct log_index *index, const uint32_t *from, size_t n)
{
	const uint32_t *end = index->order + index->norder, *next = from + n;
	uint64_t seq = index->lines[*from].seq + 1;

	for (size_t j = 0; j < RIVALS_MAX && next + j < end; j++) {
		if (index->lines[next[j]].seq != seq)
			break;
		for (size_t i = 0; i < n && i < RIVALS_MAX; i++)
			if (log_index_fits(index, next[j], index->lines[from[i]].seal))
				return i;
	}
	return 0;
}

/* Which of the lines with one number is the one that was written? */
static size_t choose(struct log_index *index, const uint32_t *from, size_t n,
	const uint8_t *previous)
{
	if (n == 1)
		return 0;
	for (size_t i = 0; previous && i < n && i < RIVALS_MAX; i++)
		if (log_index_fits(index, from[i], previous))
			return i;
	return find_followed(index, from, n);
}

static void judge(struct log_index *index, uint32_t line, const uint8_t *previous)
{
	struct indexed_line *judged = &index->lines[line];

	if (!previous || !index->keys)
		judged->state = INDEX_UNKNOWN;
	else
		judged->state =
			log_index_fits(index, line, previous) ? INDEX_FITS : INDEX_WRONG;
}

/* Judge the lines in the order of their numbers; order[] keeps one for each. */
static void judge_lines(struct log_index *index)
{
	static const uint8_t zeros[LOG_SEAL_BYTES];
	const struct indexed_line *last = NULL;
	size_t kept = 0, n;

	for (size_t i = 0; i < index->norder; i += n) {
		uint32_t *group = index->order + i;
		uint64_t seq = index->lines[*group].seq;
		const uint8_t *previous = NULL;
		uint32_t chosen;

		for (n = 1; i + n < index->norder; n++)
			if (index->lines[group[n]].seq != seq)
				break;
		if (seq == index->segment->first_seq)
			previous = zeros;
		else if (last && last->seq + 1 == seq)
			previous = last->seal;
		chosen = group[choose(index, group, n, previous)];
		for (size_t j = 0; j < n; j++) {
			index->lines[group[j]].state = INDEX_EXTRA;
			index->lines[group[j]].original = chosen;
		}
		judge(index, chosen, previous);
		last = &index->lines[chosen];
		index->order[kept++] = chosen;
	}
	index->norder = kept;
}

bool log_index_open(struct log_index *index, const struct log_segment *segment,
	struct log_keys *keys, struct error *err)
{
	*index = (struct log_index){.segment = segment, .keys = keys};
	if (!log_lines_open(&index->file, segment->path, err))
		return false;
	index->buffer = xmalloc((size_t)2 * LOG_LINE_MAX);
	if (!read_lines(index, err))
		return false;
	index->order = xmalloc(index->nlines * sizeof(*index->order));
	for (uint32_t i = 0; i < index->nlines; i++)
		if (index->lines[i].state != INDEX_UNREADABLE)
			index->order[index->norder++] = i;
	if (index->norder)
		qsort_r(index->order, index->norder, sizeof(*index->order), by_number,
			index->lines);
	judge_lines(index);
	return true;
}

void log_index_close(struct log_index *index)
{
	log_lines_close(&index->file);
	free(index->buffer);
	free(index->lines);
	free(index->order);
	*index = (struct log_index){.nlines = 0};
}
