#include "diff/log_diagnosis.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/event_json.h"
#include "diff/log_finding.h"
#include "diff/log_index.h"
#include "diff/log_segment.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
	FINDINGS_MAX = 200, /* of a segment; the rest is counted */
};

struct diagnosis {
	struct log_index *index;
	struct arena arena; /* of texts */
	struct log_finding *found; /* heap */
	size_t nfound, room, nmore;
	bool *is_told; /* heap, of lines[]: part of another finding */
	size_t *nunreadable; /* heap: how many lines before that one are */
};

static void find(struct diagnosis *diagnosis, const char *kind, uint64_t line,
	const char *fmt, ...) __attribute__((format(printf, 4, 5)));

static void find(struct diagnosis *diagnosis, const char *kind, uint64_t line,
	const char *fmt, ...)
{
	struct log_finding *finding;
	va_list args;

	if (diagnosis->nfound == FINDINGS_MAX) {
		diagnosis->nmore++;
		return;
	}
	diagnosis->found = grow(diagnosis->found, diagnosis->nfound, &diagnosis->room,
		sizeof(*diagnosis->found));
	finding = &diagnosis->found[diagnosis->nfound++];
	va_start(args, fmt);
	*finding = (struct log_finding){
		LOG_ERROR, kind, NULL, line, arena_vprintf(&diagnosis->arena, fmt, args)};
	va_end(args);
}

static struct indexed_line *ordered(const struct diagnosis *diagnosis, size_t i)
{
	return &diagnosis->index->lines[diagnosis->index->order[i]];
}

static bool follows(const struct diagnosis *diagnosis, size_t i)
{
	return i > 0 && ordered(diagnosis, i - 1)->seq + 1 == ordered(diagnosis, i)->seq;
}

/* One line of `n` that do not fit, the first being order[i]. */
static void find_single(struct diagnosis *diagnosis, size_t i)
{
	const struct indexed_line *line = ordered(diagnosis, i);
	bool is_last = i + 1 == diagnosis->index->norder;

	find(diagnosis, "changed", line->number,
		"this line, event %" PRIu64
		", was changed after it was written: its seal is not that of its bytes%s",
		line->seq, is_last ? "" : ", and the line after it is as it was");
}

/* Two lines: was only the first one's seal changed? */
static void find_pair(struct diagnosis *diagnosis, size_t i)
{
	struct log_index *index = diagnosis->index;
	const struct indexed_line *line = ordered(diagnosis, i);
	uint8_t seal[LOG_SEAL_BYTES];

	if (i > 0 &&
		log_index_seal(index, index->order[i], ordered(diagnosis, i - 1)->seal,
			seal) &&
		log_index_fits(index, index->order[i + 1], seal))
		find(diagnosis, "seal-changed", line->number,
			"the seal of this line, event %" PRIu64
			", was changed; what it says is as it was written",
			line->seq);
	else
		find(diagnosis, "resealed", line->number,
			"this line, event %" PRIu64
			", was changed and sealed anew without the key: neither it nor "
			"the line after it fits",
			line->seq);
}

static void find_run(struct diagnosis *diagnosis, size_t i, size_t n)
{
	const struct indexed_line *first = ordered(diagnosis, i);
	const struct indexed_line *last = ordered(diagnosis, i + n - 1);

	if (i == 0 && n == diagnosis->index->norder)
		find(diagnosis, "wrong-key", 0,
			"no line fits: its header was changed, or the whole segment was "
			"made anew without the key");
	else if (i + n == diagnosis->index->norder)
		find(diagnosis, "resealed", first->number,
			"from this line on, event %" PRIu64
			", to the end no line fits: they were written or sealed anew "
			"without the key",
			first->seq);
	else
		find(diagnosis, "resealed", first->number,
			"the lines to line %" PRIu64 ", events %" PRIu64 " to %" PRIu64
			", were changed or sealed anew without the key: none fits",
			last->number, first->seq, last->seq);
}

static void find_wrong(struct diagnosis *diagnosis)
{
	size_t n;

	for (size_t i = 0; i < diagnosis->index->norder; i += n ? n : 1) {
		for (n = 0; i + n < diagnosis->index->norder; n++)
			if (ordered(diagnosis, i + n)->state != INDEX_WRONG ||
				(n && !follows(diagnosis, i + n)))
				break;
		if (n == 1)
			find_single(diagnosis, i);
		else if (n == 2 && i > 0)
			find_pair(diagnosis, i);
		else if (n)
			find_run(diagnosis, i, n);
	}
}

static void find_extras(struct diagnosis *diagnosis)
{
	struct log_index *index = diagnosis->index;

	for (uint32_t i = 0; i < index->nlines; i++) {
		const struct indexed_line *line = &index->lines[i];
		const struct indexed_line *original = &index->lines[line->original];

		if (line->state != INDEX_EXTRA)
			continue;
		if (log_index_same(index, i, line->original))
			find(diagnosis, "replay", line->number,
				"this line repeats line %" PRIu64 ", event %" PRIu64
				": a copy was inserted (V6)",
				original->number, line->seq);
		else
			find(diagnosis, "inserted", line->number,
				"this line was inserted: it says to be event %" PRIu64
				", which is line %" PRIu64 " (V6)",
				line->seq, original->number);
	}
}

/*
 * A number that fits nowhere, between two lines that belong together: somebody's own. Its
 * neighbours in the file tell; it leaves the order, so that no lines before it are
 * missed.
 */
static bool is_intruder(const struct diagnosis *diagnosis, size_t i)
{
	const struct log_index *index = diagnosis->index;
	uint32_t at = index->order[i];
	const struct indexed_line *line = &index->lines[at];
	uint64_t first = index->segment->first_seq;

	if (line->seq < first)
		return true;
	if (follows(diagnosis, i) || at == 0 || at + 1 == index->nlines ||
		line->seq == first)
		return false;
	/* The next number follows it, and fits: then it is what others were taken from.
	 */
	if (i + 1 < index->norder && follows(diagnosis, i + 1) &&
		ordered(diagnosis, i + 1)->state == INDEX_FITS)
		return false;
	return line[-1].state != INDEX_UNREADABLE && line[1].state == INDEX_FITS &&
	       line[-1].seq + 1 == line[1].seq;
}

static void find_intruders(struct diagnosis *diagnosis)
{
	struct log_index *index = diagnosis->index;
	size_t kept = 0;
	uint32_t *order = xmalloc((index->norder + 1) * sizeof(*order));

	for (size_t i = 0; i < index->norder; i++) {
		const struct indexed_line *line = ordered(diagnosis, i);

		if (!is_intruder(diagnosis, i)) {
			order[kept++] = index->order[i];
			continue;
		}
		find(diagnosis, "inserted", line->number,
			"this line was inserted: it says to be event %" PRIu64
			", and stands between lines that belong together",
			line->seq);
	}
	memcpy(index->order, order, kept * sizeof(*order));
	index->norder = kept;
	free(order);
}

static size_t *count_unreadable(const struct log_index *index)
{
	size_t *before = xmalloc((index->nlines + 1) * sizeof(*before));

	before[0] = 0;
	for (size_t i = 0; i < index->nlines; i++)
		before[i + 1] = before[i] + (index->lines[i].state == INDEX_UNREADABLE);
	return before;
}

static void find_gaps(struct diagnosis *diagnosis)
{
	struct log_index *index = diagnosis->index;

	for (size_t i = 1; i < index->norder; i++) {
		const struct indexed_line *before = ordered(diagnosis, i - 1);
		const struct indexed_line *after = ordered(diagnosis, i);
		uint32_t from = index->order[i - 1], to = index->order[i];
		uint64_t missing = after->seq - before->seq - 1;
		size_t unreadable;

		if (!missing)
			continue;
		unreadable = from < to ? diagnosis->nunreadable[to] -
						 diagnosis->nunreadable[from + 1]
				       : 0;
		for (uint32_t j = from + 1; unreadable == missing && j < to; j++)
			diagnosis->is_told[j] = index->lines[j].state == INDEX_UNREADABLE;
		if (unreadable == missing && missing == 1)
			find(diagnosis, "changed", before->number + 1,
				"this line, event %" PRIu64
				", was changed after it was written: it is no sealed "
				"event any more",
				before->seq + 1);
		else if (unreadable == missing)
			find(diagnosis, "changed", before->number + 1,
				"%" PRIu64 " lines from here on were changed after they "
				"were written: they are no sealed events any more",
				missing);
		else
			find(diagnosis, "deleted", after->number,
				"%" PRIu64
				" line%s deleted before this one: event %" PRIu64
				" follows event %" PRIu64 " of line %" PRIu64,
				missing, missing == 1 ? " was" : "s were", after->seq,
				before->seq, before->number);
	}
}

static void find_unreadable(struct diagnosis *diagnosis)
{
	const struct log_index *index = diagnosis->index;

	for (size_t i = 0; i < index->nlines; i++)
		if (index->lines[i].state == INDEX_UNREADABLE && !diagnosis->is_told[i])
			find(diagnosis, "inserted", index->lines[i].number,
				"this line was inserted: it is no sealed event of this "
				"process");
}

/* Where in tails[0..n), which hold rising places in the file, `place` goes. */
static size_t find_tail(const struct diagnosis *diagnosis, const uint32_t *tails,
	size_t n, uint32_t place)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (diagnosis->index->order[tails[middle]] < place)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * Lines that were moved: those outside of a longest run of lines that stand in the order
 * of their numbers (patience sorting), so that of many as few as possible are named.
 */
static void find_moved(struct diagnosis *diagnosis)
{
	struct log_index *index = diagnosis->index;
	size_t n = index->norder, longest = 0;
	uint32_t *tails = xmalloc((n + 1) * sizeof(*tails));
	uint32_t *before = xmalloc((n + 1) * sizeof(*before));
	bool *stays = xmalloc(n + 1);

	memset(stays, 0, n + 1);
	for (uint32_t i = 0; i < n; i++) {
		size_t at = find_tail(diagnosis, tails, longest, index->order[i]);

		before[i] = at ? tails[at - 1] : UINT32_MAX;
		tails[at] = i;
		longest += at == longest;
	}
	for (uint32_t i = longest ? tails[longest - 1] : UINT32_MAX; i != UINT32_MAX;
		i = before[i])
		stays[i] = true;
	for (size_t i = 0; i < n; i++)
		if (!stays[i])
			find(diagnosis, "reordered", ordered(diagnosis, i)->number,
				"this line, event %" PRIu64
				", was moved: it does not stand where its number "
				"belongs",
				ordered(diagnosis, i)->seq);
	free(tails);
	free(before);
	free(stays);
}

static int by_line(const void *a, const void *b)
{
	const struct log_finding *left = a, *right = b;

	return (left->line > right->line) - (left->line < right->line);
}

static void report(struct diagnosis *diagnosis, struct log_findings *findings)
{
	if (diagnosis->nfound)
		qsort(diagnosis->found, diagnosis->nfound, sizeof(*diagnosis->found),
			by_line);
	for (size_t i = 0; i < diagnosis->nfound; i++)
		log_findings_add(findings, LOG_ERROR, diagnosis->found[i].kind,
			diagnosis->found[i].line, "%s", diagnosis->found[i].text);
	if (diagnosis->nmore)
		log_findings_add(findings, LOG_ERROR, "more", 0,
			"and %zu findings more in this segment", diagnosis->nmore);
	if (diagnosis->index->unread_from)
		log_findings_add(findings, LOG_UNKNOWN, "unread",
			diagnosis->index->unread_from,
			"from this line on it was not looked what was done: of a broken "
			"segment the first %d lines are",
			LOG_INDEX_MAX);
}

bool log_diagnose(const struct log_segment *segment, struct log_keys *keys,
	struct log_findings *findings, uint64_t *last_seq, struct error *err)
{
	scoped_log_index index;
	struct diagnosis diagnosis = {.index = &index};

	if (!log_index_open(&index, segment, keys, err))
		return false;
	diagnosis.is_told = xmalloc(index.nlines + 1);
	memset(diagnosis.is_told, 0, index.nlines + 1);
	diagnosis.nunreadable = count_unreadable(&index);
	find_extras(&diagnosis);
	find_intruders(&diagnosis);
	find_wrong(&diagnosis);
	find_gaps(&diagnosis);
	find_unreadable(&diagnosis);
	find_moved(&diagnosis);
	report(&diagnosis, findings);
	if (index.norder && !index.unread_from)
		*last_seq = ordered(&diagnosis, index.norder - 1)->seq;
	free(diagnosis.is_told);
	free(diagnosis.nunreadable);
	free(diagnosis.found);
	arena_release(&diagnosis.arena);
	return true;
}
