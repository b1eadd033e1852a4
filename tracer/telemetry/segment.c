#include "tracer/telemetry/segment.h"

#include "core/guid.h"
#include "core/guid_key.h"
#include "tracer/telemetry/line.h"
#include "tracer/telemetry/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	LAST_LINES = 2048, /* bytes */
};

/* Long enough for the directory; one that does not fit is an error, not another name. */
static bool name_segment(char out[PATH_MAX], const struct settings *settings,
	const char *instance, unsigned number)
{
	char service[SETTINGS_SERVICE_SIZE];
	int length;

	snprintf(service, sizeof(service), "%s", settings->service);
	for (char *c = service; *c; c++)
		if (*c == '-')
			*c = '_';
	length = snprintf(out, PATH_MAX, "%s/%s-%s-%06u.jsonl", settings->directory,
		service, instance, number);
	if (length > 0 && length < PATH_MAX)
		return true;
	errno = ENAMETOOLONG;
	return false;
}

/* A write past it would end the process by SIGXFSZ. */
static uint64_t file_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
		return UINT64_MAX;
	return limit.rlim_cur;
}

static bool begin_seal(struct segment *segment, const struct settings *settings,
	const struct guid_key *key)
{
	if (!guid_new_nonce(segment->nonce))
		return false;
	segment->origin.has_auditor = false;
	if (settings->has_auditor)
		return seal_begin_auditor(&segment->seal, &segment->origin,
			settings->auditor);
	seal_begin_local(&segment->seal, key, segment->nonce);
	return true;
}

/*
 * Daemons close what they do not know, and then the number could be another file's. A
 * high one is not taken by open(): when it is closed, a write to it fails.
 */
static int move_high(int fd)
{
	static const int highs[] = {1000, 240, 100};
	int high = -1;

	for (size_t i = 0; i < sizeof(highs) / sizeof(highs[0]) && high < 0; i++)
		high = fcntl(fd, F_DUPFD_CLOEXEC, highs[i]);
	if (high < 0)
		return fd;
	close(fd);
	return high;
}

bool segment_open(struct segment *segment, const struct settings *settings,
	const struct guid_key *key, const char *instance)
{
	struct segment made = *segment;
	char path[PATH_MAX];
	struct stat st;

	made.number++;
	if (!name_segment(path, settings, instance, made.number))
		return false;
	made.fd = open(path,
		O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (made.fd < 0)
		return false;
	if (fstat(made.fd, &st) != 0 || !begin_seal(&made, settings, key)) {
		close(made.fd);
		unlink(path);
		return false;
	}
	made.fd = move_high(made.fd);
	made.device = st.st_dev;
	made.inode = st.st_ino;
	made.size = 0;
	made.nlines = 0;
	made.limit = file_limit();
	*segment = made;
	seal_wipe(&made.seal);
	if (settings->nsegments && segment->number > settings->nsegments &&
		name_segment(path, settings, instance,
			segment->number - settings->nsegments))
		unlink(path);
	return true;
}

bool segment_has_room(const struct segment *segment, const struct settings *settings,
	size_t length)
{
	/* Behind it, session.close and the last checkpoint. */
	return segment->size + length + LINE_TAIL + LAST_LINES <= settings->max_bytes;
}

/* Still the file that was opened? */
static bool is_ours(const struct segment *segment)
{
	struct stat st;

	return fstat(segment->fd, &st) == 0 && st.st_dev == segment->device &&
	       st.st_ino == segment->inode;
}

/* The file as it was before a write that got only so far. */
static bool undo(struct segment *segment)
{
	int saved = errno;
	bool is_undone = ftruncate(segment->fd, (off_t)segment->size) == 0;

	if (!is_undone)
		segment_close(segment);
	errno = saved;
	return is_undone;
}

static bool write_line(struct segment *segment, const struct line *line)
{
	ssize_t length;

	if (segment->size + line->length > segment->limit)
		segment->limit = file_limit();
	if (segment->size + line->length > segment->limit) {
		errno = EFBIG;
		return false;
	}
	do
		length = write(segment->fd, line->bytes, line->length);
	while (length < 0 && errno == EINTR);
	if (length == (ssize_t)line->length)
		return true;
	if (length < 0 && errno == EBADF)
		segment_close(segment);
	if (length >= 0)
		errno = ENOSPC;
	if (length > 0)
		undo(segment);
	return false;
}

bool segment_write(struct segment *segment, struct line *line, uint64_t seq)
{
	static const char digits[] = "0123456789abcdef", before[] = ",\"h\":\"",
			  behind[] = "\"}\n";
	uint8_t h[SEAL_SIZE];
	char *at = line->bytes + line->length;

	seal_line(&segment->seal, seq, line->bytes, line->length, h);
	at = line_copy(at, before, sizeof(before) - 1);
	for (size_t i = 0; i < sizeof(h); i++) {
		*at++ = digits[h[i] >> 4];
		*at++ = digits[h[i] & 15];
	}
	at = line_copy(at, behind, sizeof(behind) - 1);
	line->length = (size_t)(at - line->bytes);
	if (!write_line(segment, line))
		return false;
	segment->size += line->length;
	segment->nlines++;
	memcpy(segment->seal.last, h, sizeof(h));
	return true;
}

void segment_end_epoch(struct segment *segment)
{
	if (!is_ours(segment))
		segment->fd = -1;
	seal_evolve(&segment->seal);
	segment->nlines = 0;
	segment->limit = file_limit();
}

void segment_sync(const struct segment *segment)
{
	if (segment->fd >= 0)
		fdatasync(segment->fd);
}

void segment_close(struct segment *segment)
{
	if (segment->fd >= 0 && is_ours(segment))
		close(segment->fd);
	segment->fd = -1;
	memcpy(segment->previous, segment->seal.last, SEAL_SIZE);
	seal_wipe(&segment->seal);
}

void segment_discard(struct segment *segment, const struct settings *settings,
	const char *instance)
{
	uint8_t previous[SEAL_SIZE];
	char path[PATH_MAX];

	memcpy(previous, segment->previous, SEAL_SIZE);
	segment_close(segment);
	memcpy(segment->previous, previous, SEAL_SIZE);
	if (name_segment(path, settings, instance, segment->number) && unlink(path) == 0)
		segment->number--;
}
