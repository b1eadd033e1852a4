/* Any bytes as a segment of a log: verified, diagnosed and put in order; nothing breaks.
 */
#include "core/arena.h"
#include "core/error.h"
#include "core/guid_key.h"
#include "core/text.h"
#include "diff/error_report.h"
#include "diff/guid_answers.h"
#include "diff/log_anchor.h"
#include "diff/log_segment.h"
#include "diff/log_verify.h"
#include "diff/story.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_finding(void *context, const struct log_finding *finding)
{
	(void)context;
	assert(finding->text[0] && finding->kind[0]);
}

static void verify(struct arena *arena, const char *path)
{
	static const uint8_t master[GUID_KEY_SIZE] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
		11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
		29, 30, 31};
	struct guid_key keys[2];
	const struct guid_key *all[2] = {&keys[0], &keys[1]};
	struct log_verify verify = {.keys = all,
		.nkeys = 2,
		.max_age_ns = UINT64_C(86400000000000),
		.findings = {.each = check_finding}};
	struct log_segment segments[2];
	struct log_anchor anchor;
	struct error err;

	guid_key_derive(&keys[0], master);
	guid_key_derive(&keys[1], NULL);
	for (size_t i = 0; i < 2; i++)
		assert(log_segment_read(arena, path, &segments[i], &err));
	if (log_anchor_of(arena, path, &anchor, &err)) {
		verify.anchors = &anchor;
		verify.nanchors = 1;
	}
	assert(log_verify(&verify, segments, 2, &err));
	assert(verify.nfitting <= verify.nlines);
}

static void tell(const char *path)
{
	const struct story_source source = {.path = path};
	struct story story = {
		.sources = &source, .nsources = 1, .filter = {.guid = "01969bec"}};
	struct guid_answers answers = {
		.story = &story, .guid = "01969bec0b2070a1a2a3a4a5a6a7a8a9"};
	struct error err;

	assert(story_find(&story, &err));
	guid_answers_find(&answers);
	guid_answers_release(&answers);
	story_release(&story);
}

static void count(const char *path)
{
	scoped_event_reader reader = {.is_open = false};
	scoped_lines lines = {.buffer = NULL};
	struct error_report report;
	struct log_line line;
	struct event event;
	struct error err;

	assert(log_lines_open(&lines, path, &err));
	error_report_init(&report);
	while (log_lines_next(&lines, &line))
		if (event_json_read(&reader, path, &line, &event, &err))
			error_report_add(&report, &event);
	for (size_t i = 0; i < report.kind_keys.count; i++)
		assert(error_report_way(&report, i).count <= report.kinds[i].count);
	error_report_release(&report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("log", MFD_CLOEXEC);
	struct arena arena = {0};
	char path[64];

	assert(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	verify(&arena, path);
	tell(path);
	count(path);
	close(fd);
	arena_release(&arena);
	return 0;
}
