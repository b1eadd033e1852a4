#include "analyzer/cache/file_state.h"

#include "analyzer/cache/digest.h"
#include "core/text.h"
#include "scratch.h"

#include <criterion/criterion.h>
#include <time.h>

TestSuite(file_state, .init = scratch_make, .fini = scratch_remove);

static struct digest digest_at(struct file_states *states, const char *name)
{
	struct digest digest = {0};

	cr_assert(file_states_digest(states, scratch_path(name), &digest));
	return digest;
}

/* What `states` would know in the next run. */
static struct file_states *reopen(struct file_states *states)
{
	struct file_states *next = file_states_new();
	scoped_text saved = {0};

	file_states_write(states, &saved, false);
	cr_assert(file_states_read(next, saved.bytes, saved.len, true));
	file_states_free(states);
	return next;
}

Test(file_state, digest_is_the_xxh3_of_the_content)
{
	struct file_states *states = file_states_new();
	char hex[DIGEST_HEX_SIZE];

	scratch_write("empty.h", "");
	digest_hex(digest_at(states, "empty.h"), hex);
	cr_assert_str_eq(hex, "99aa06d3014798d86001c324468d497f"); /* as xxh128sum says */
	file_states_free(states);
}

Test(file_state, unchanged_file_is_read_once_in_two_runs)
{
	struct file_states *states = file_states_new();
	struct digest first;

	scratch_write("a.h", "int a;");
	scratch_age("a.h", 60);
	first = digest_at(states, "a.h");
	cr_assert_eq(file_states_nread(states), 1);
	cr_assert(file_states_changed(states));
	states = reopen(states);
	cr_assert(digest_equal(digest_at(states, "a.h"), first));
	cr_assert_eq(file_states_nread(states), 0);
	cr_assert_not(file_states_changed(states), "nothing to save");
	file_states_free(states);
}

Test(file_state, touched_file_is_read_again_and_then_trusted)
{
	struct file_states *states = file_states_new();
	struct digest first;

	scratch_write("a.h", "int a;");
	scratch_age("a.h", 60);
	first = digest_at(states, "a.h");
	scratch_age("a.h", 30);
	states = reopen(states);
	cr_assert(digest_equal(digest_at(states, "a.h"), first));
	cr_assert_eq(file_states_nread(states), 1);
	cr_assert(file_states_changed(states));
	states = reopen(states);
	cr_assert(digest_equal(digest_at(states, "a.h"), first));
	cr_assert_eq(file_states_nread(states), 0);
	file_states_free(states);
}

Test(file_state, change_that_keeps_size_and_modification_time_is_seen)
{
	struct timespec times[2] = {{.tv_sec = 1000000}, {.tv_sec = 1000000}};
	struct file_states *states = file_states_new();
	struct digest first;

	scratch_write("a.h", "int a;");
	utimensat(AT_FDCWD, scratch_path("a.h"), times, 0);
	first = digest_at(states, "a.h");
	scratch_write("b.h", "int b;");
	utimensat(AT_FDCWD, scratch_path("b.h"), times, 0);
	/* Let the change time, which nobody can set, tick on. */
	nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
	cr_assert_eq(rename(scratch_path("b.h"), scratch_path("a.h")), 0);
	states = reopen(states);
	cr_assert_not(digest_equal(digest_at(states, "a.h"), first));
	file_states_free(states);
}

Test(file_state, file_modified_just_now_is_not_remembered)
{
	struct file_states *states = file_states_new();

	scratch_write("a.h", "int a;");
	digest_at(states, "a.h");
	digest_at(states, "a.h");
	cr_assert_eq(file_states_nread(states), 1, "once a run");
	states = reopen(states);
	digest_at(states, "a.h");
	cr_assert_eq(file_states_nread(states), 1, "every run");
	file_states_free(states);
}

Test(file_state, looks_again_only_when_asked)
{
	struct file_states *states = file_states_new();
	struct digest first, again;

	scratch_write("a.h", "int a;");
	first = digest_at(states, "a.h");
	scratch_write("a.h", "int b;");
	cr_assert(digest_equal(digest_at(states, "a.h"), first));
	cr_assert(file_states_digest_since(states, scratch_path("a.h"), INT64_MAX,
		&again));
	cr_assert_not(digest_equal(again, first));
	file_states_free(states);
}

Test(file_state, file_changed_since_then_has_no_digest)
{
	struct file_states *states = file_states_new();
	int64_t before = file_states_clock_ns();
	struct digest digest;

	scratch_write("a.h", "int a;");
	cr_assert_not(file_states_digest_since(states, scratch_path("a.h"), before,
		&digest));
	cr_assert(file_states_digest_since(states, scratch_path("a.h"),
		file_states_clock_ns() + 1000000000, &digest));
	file_states_free(states);
}

Test(file_state, only_files_have_a_digest)
{
	struct file_states *states = file_states_new();
	struct digest digest;

	cr_assert_eq(mkdir(scratch_path("dir"), 0700), 0);
	cr_assert_eq(mkfifo(scratch_path("pipe"), 0600), 0);
	cr_expect_not(file_states_digest(states, scratch_path("none"), &digest));
	cr_expect_not(file_states_digest(states, scratch_path("dir"), &digest));
	cr_expect_not(file_states_digest(states, scratch_path("pipe"), &digest));
	file_states_free(states);
}

Test(file_state, directory_is_absent_for_an_include)
{
	struct file_states *states = file_states_new();

	cr_assert_eq(mkdir(scratch_path("dir"), 0700), 0);
	scratch_write("a.h", "");
	cr_expect(file_states_is_absent(states, scratch_path("dir"), false));
	cr_expect(file_states_is_absent(states, scratch_path("none"), false));
	cr_expect(file_states_is_absent(states, scratch_path("a.h/b.h"), false));
	cr_expect_not(file_states_is_absent(states, scratch_path("a.h"), false));
	file_states_free(states);
}

Test(file_state, what_one_process_learned_spares_another_the_reading)
{
	struct file_states *worker = file_states_new(), *driver = file_states_new();
	scoped_text first = {0}, second = {0};
	size_t empty;

	file_states_write(worker, &first, true);
	empty = first.len;
	text_clear(&first);
	scratch_write("a.h", "int a;");
	scratch_age("a.h", 60);
	digest_at(worker, "a.h");
	file_states_write(worker, &first, true);
	file_states_write(worker, &second, true);
	cr_assert_gt(first.len, empty);
	cr_assert_eq(second.len, empty, "told once");
	cr_assert(file_states_read(driver, first.bytes, first.len, false));
	cr_assert(file_states_changed(driver), "to be saved");
	digest_at(driver, "a.h");
	cr_assert_eq(file_states_nread(driver), 0);
	file_states_free(worker);
	file_states_free(driver);
}

Test(file_state, same_knowledge_is_written_as_the_same_bytes)
{
	static const char *const names[] = {"a.h", "b.h", "c.h"};
	struct file_states *one = file_states_new(), *other = file_states_new();
	scoped_text left = {0}, right = {0};

	for (size_t i = 0; i < 3; i++) {
		scratch_write(names[i], "x");
		scratch_age(names[i], 60);
	}
	for (size_t i = 0; i < 3; i++) {
		digest_at(one, names[i]);
		digest_at(other, names[2 - i]);
	}
	file_states_write(one, &left, false);
	file_states_write(other, &right, false);
	cr_assert_eq(left.len, right.len);
	cr_assert_eq(memcmp(left.bytes, right.bytes, left.len), 0);
	file_states_free(one);
	file_states_free(other);
}

Test(file_state, refuses_every_truncation)
{
	struct file_states *states = file_states_new();
	scoped_text saved = {0};

	scratch_write("a.h", "int a;");
	scratch_age("a.h", 60);
	digest_at(states, "a.h");
	file_states_write(states, &saved, false);
	for (size_t size = 0; size < saved.len; size++) {
		struct file_states *next = file_states_new();

		cr_assert_not(file_states_read(next, saved.bytes, size, true));
		file_states_free(next);
	}
	file_states_free(states);
}
