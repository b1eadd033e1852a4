#include "tracer/recording.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/interner.h"
#include "tests/fake_recording.h"

#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>

static struct fake_recording sample(void)
{
	struct fake_recording fake = fake_recording(7);
	unsigned ours = fake_object(&fake, "/bin/ours", RECORDING_OBJECT_REGISTERED);
	unsigned libc = fake_object(&fake, "/lib/libc.so.6", 0);

	fake_edge(&fake, ours, 0x1100, ours, 0x1200, 3);
	fake_edge(&fake, libc, 0x9000, ours, 0x1300, 1);
	return fake;
}

static bool read_fake(struct recording *recording, const struct fake_recording *fake,
	struct error *err)
{
	return recording_read_bytes(recording, "fake.pcrec", fake, sizeof(*fake), err);
}

static size_t count_edges(const struct recording *recording)
{
	struct recording_cursor cursor = {0};
	size_t n = 0;

	while (recording_next(recording, &cursor))
		n++;
	return n;
}

Test(recording, gives_back_objects_edges_and_strings)
{
	struct fake_recording fake = sample();
	struct arena arena = {0};
	scoped_interner strings = {.arena = &arena};
	scoped_recording recording = {0};
	struct recording_cursor cursor = {0};
	const struct recording_edge *edge;
	struct error err;

	cr_assert(read_fake(&recording, &fake, &err), "%s", err.text);
	cr_assert_eq(recording.nobjects, 2);
	cr_assert_str_eq(recording_text(&recording, &strings, &recording.objects[1].path),
		"/lib/libc.so.6");
	edge = recording_next(&recording, &cursor);
	cr_assert(edge && edge->count == 3);
	cr_assert_eq(count_edges(&recording), 2);
	cr_assert_null(recording_object(&recording, 2));
	cr_assert_null(recording_object(&recording, RECORDING_NO_OBJECT));
	arena_release(&arena);
}

static void check_refused(const struct fake_recording *fake, size_t size,
	const char *message)
{
	struct recording recording = {0};
	struct error err = {0};

	cr_expect_not(recording_read_bytes(&recording, "x", fake, size, &err));
	cr_expect(strstr(err.text, message), "'%s' instead of '%s'", err.text, message);
	cr_expect_null(recording.bytes, "a failed read must leave the result alone");
}

Test(recording, refuses_what_is_none_or_of_another_version)
{
	struct fake_recording fake = sample();
	char message[64];

	check_refused(&fake, 0, "this is no recording");
	check_refused(&fake, sizeof(struct recording_header) - 1, "this is no recording");
	fake.header.version++;
	snprintf(message, sizeof(message), "the recording is of version %" PRIu64,
		fake.header.version);
	check_refused(&fake, sizeof(fake), message);
	fake = sample();
	fake.header.magic++;
	check_refused(&fake, sizeof(fake), "this is no recording");
	fake = sample();
	fake.header.state = 0;
	check_refused(&fake, sizeof(fake),
		"the process ended before it had begun to record");
}

Test(recording, refuses_sections_outside_of_the_file)
{
	struct fake_recording fake = sample();

	check_refused(&fake, offsetof(struct fake_recording, traces),
		"a part of it lies outside of the file");
	fake.header.objects.room = UINT64_MAX / 8;
	check_refused(&fake, sizeof(fake), "a part of it lies outside of the file");
	fake = sample();
	fake.header.times.offset = UINT64_MAX - 8;
	check_refused(&fake, sizeof(fake), "a part of it lies outside of the file");
	fake = sample();
	fake.header.tables.offset = UINT64_MAX - 8;
	check_refused(&fake, sizeof(fake), "a part of it lies outside of the file");
	fake = sample();
	fake.header.strings.offset++;
	check_refused(&fake, sizeof(fake), "a part of it lies outside of the file");
}

Test(recording, believes_no_count_and_no_string)
{
	struct fake_recording fake = sample();
	struct arena arena = {0};
	scoped_interner strings = {.arena = &arena};
	scoped_recording recording = {0};
	struct error err;

	fake.header.objects.count = UINT64_MAX;
	fake.objects[0].path.size = UINT64_MAX;
	fake.objects[1].path.offset = 0;
	cr_assert(read_fake(&recording, &fake, &err), "%s", err.text);
	cr_assert_eq(recording.nobjects, FAKE_OBJECTS);
	cr_assert_str_eq(recording_text(&recording, &strings, &recording.objects[0].path),
		"");
	cr_assert_str_eq(recording_text(&recording, &strings, &recording.objects[1].path),
		"");
	cr_assert_null(recording_object(&recording, 3), "it is not there");
	arena_release(&arena);
}

Test(recording, tables_that_overlap_or_leave_the_file_end)
{
	struct fake_recording fake = sample();
	scoped_recording recording = {0};
	struct error err;

	fake.header.tables.count = 2;
	fake.tables[0].place |= 63;
	fake.tables[1].place = (UINT64_MAX & ~UINT64_C(63)) | 40;
	cr_assert(read_fake(&recording, &fake, &err), "%s", err.text);
	cr_assert_leq(count_edges(&recording), sizeof(fake) / sizeof(fake.edges[0]));
}

Test(recording, one_that_was_cut_off_gives_what_is_there)
{
	struct fake_recording fake = sample();
	size_t size = offsetof(struct fake_recording, edges) + sizeof(fake.edges[0]) + 7;
	scoped_recording recording = {0};
	struct error err;

	cr_assert(recording_read_bytes(&recording, "x", &fake, size, &err), "%s",
		err.text);
	cr_assert_eq(count_edges(&recording), 1);
}
