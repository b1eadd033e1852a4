#include "analyzer/cache/object_store.h"

#include "analyzer/cache/digest.h"
#include "core/error.h"
#include "core/file.h"
#include "core/text.h"
#include "scratch.h"

#include <criterion/criterion.h>
#include <time.h>

static struct object_store store;

static void set_up(void)
{
	struct error err = {0};

	scratch_make();
	cr_assert(object_store_open(&store, scratch_path("a/b/store"), &err), "%s",
		err.text);
}

static void tear_down(void)
{
	object_store_close(&store);
	scratch_remove();
}

TestSuite(object_store, .init = set_up, .fini = tear_down);

static struct digest name_of(uint64_t i)
{
	return (struct digest){i << 56, i};
}

static void put(uint64_t i, long age_s, size_t size)
{
	scoped_text bytes = {0};
	struct error err = {0};
	char path[64], hex[DIGEST_HEX_SIZE];

	for (size_t n = 0; n < size; n++)
		text_add_char(&bytes, 'x');
	cr_assert(object_write(&store, OBJECT_FACTS, name_of(i), &bytes, &err), "%s",
		err.text);
	digest_hex(name_of(i), hex);
	snprintf(path, sizeof(path), "a/b/store/%.2s/%s.f", hex, hex + 2);
	scratch_age(path, age_s);
}

static bool has(uint64_t i)
{
	return object_exists(&store, OBJECT_FACTS, name_of(i));
}

static struct object_tally prune(uint64_t max_bytes)
{
	struct object_limits limits = {
		.now_s = time(NULL), .max_age_s = 1000, .max_bytes = max_bytes};

	return object_store_prune(&store, &limits);
}

Test(object_store, gives_back_what_was_put_in)
{
	scoped_text read = {0};
	struct file_map map;

	put(1, 0, 100000);
	cr_assert(object_read(&store, OBJECT_FACTS, name_of(1), &read, NULL));
	cr_assert_eq(read.len, 100000);
	cr_assert(object_map(&store, OBJECT_FACTS, name_of(1), &map));
	cr_assert_eq(map.size, 100000);
	file_unmap(&map);
	cr_assert_not(object_read(&store, OBJECT_MANIFEST, name_of(1), &read, NULL));
	cr_assert_not(object_read(&store, OBJECT_FACTS, name_of(2), &read, NULL));
}

Test(object_store, holds_an_empty_object)
{
	scoped_text read = {0};
	struct file_map map;

	put(1, 0, 0);
	cr_assert(object_read(&store, OBJECT_FACTS, name_of(1), &read, NULL));
	cr_assert(object_map(&store, OBJECT_FACTS, name_of(1), &map));
	cr_assert_eq(map.size, 0);
}

Test(object_store, does_not_follow_a_planted_link)
{
	scoped_text read = {0};
	char path[64], hex[DIGEST_HEX_SIZE];

	put(1, 0, 1);
	digest_hex(name_of(1), hex);
	snprintf(path, sizeof(path), "a/b/store/%.2s/%s.f", hex, hex + 2);
	cr_assert_eq(unlink(scratch_path(path)), 0);
	scratch_write("secret", "secret");
	cr_assert_eq(symlink(scratch_path("secret"), scratch_path(path)), 0);
	cr_assert_not(object_read(&store, OBJECT_FACTS, name_of(1), &read, NULL));
}

Test(object_store, prune_drops_what_was_not_used_for_long)
{
	struct object_tally tally;

	put(1, 2000, 10);
	put(2, 500, 10);
	tally = prune(UINT64_MAX);
	cr_assert_eq(tally.nremoved, 1);
	cr_assert_eq(tally.nleft, 1);
	cr_assert_not(has(1));
	cr_assert(has(2));
}

Test(object_store, prune_drops_the_oldest_until_the_rest_fits)
{
	struct object_tally all, tally;

	for (uint64_t i = 0; i < 5; i++)
		put(i, 100 - (long)i, 100000);
	all = prune(UINT64_MAX);
	cr_assert_eq(all.nremoved, 0);
	tally = prune(all.bytes_left / 2);
	cr_assert_leq(tally.bytes_left, all.bytes_left / 2);
	cr_assert_eq(tally.nleft, 2);
	cr_assert(has(3) && has(4));
}

Test(object_store, touched_object_is_pruned_late)
{
	put(1, 2000, 10);
	object_touch(&store, OBJECT_FACTS, name_of(1));
	cr_assert_eq(prune(UINT64_MAX).nremoved, 0);
}

Test(object_store, prune_leaves_files_of_others_and_of_running_writers)
{
	put(0xab, 2000, 10);
	scratch_write("a/b/store/README", "");
	scratch_age("a/b/store/README", 1000000);
	scratch_write("a/b/store/ab/thesis.tex", "");
	scratch_age("a/b/store/ab/thesis.tex", 1000000);
	scratch_write("a/b/store/ab/tmp.0123456789abcdef", "");
	scratch_age("a/b/store/ab/tmp.0123456789abcdef", 2000);
	scratch_write("a/b/store/ab/tmp.0123456789abcde0", "");
	scratch_age("a/b/store/ab/tmp.0123456789abcde0", 100000);
	cr_assert_eq(prune(0).nremoved, 2);
	cr_expect_not(has(0xab));
	cr_expect_eq(access(scratch_path("a/b/store/README"), F_OK), 0);
	cr_expect_eq(access(scratch_path("a/b/store/ab/thesis.tex"), F_OK), 0);
	cr_expect_eq(access(scratch_path("a/b/store/ab/tmp.0123456789abcdef"), F_OK), 0);
	cr_expect_neq(access(scratch_path("a/b/store/ab/tmp.0123456789abcde0"), F_OK), 0);
}

Test(object_store, is_private)
{
	char path[64], hex[DIGEST_HEX_SIZE];
	struct stat st;

	umask(0);
	put(1, 0, 1);
	digest_hex(name_of(1), hex);
	snprintf(path, sizeof(path), "a/b/store/%.2s", hex);
	cr_assert_eq(stat(scratch_path("a/b/store"), &st), 0);
	cr_assert_eq(st.st_mode & 0777, 0700);
	cr_assert_eq(stat(scratch_path(path), &st), 0);
	cr_assert_eq(st.st_mode & 0777, 0700);
	snprintf(path, sizeof(path), "a/b/store/%.2s/%s.f", hex, hex + 2);
	cr_assert_eq(stat(scratch_path(path), &st), 0);
	cr_assert_eq(st.st_mode & 0777, 0600);
}

Test(object_store, of_someone_else_is_refused)
{
	struct error err = {0};
	struct object_store other;
	const char *directory = "/";

	if (geteuid() == 0) {
		directory = scratch_path("theirs");
		cr_assert_eq(mkdir(directory, 0700), 0);
		cr_assert_eq(chown(directory, 12345, (gid_t)-1), 0);
	}
	cr_assert_not(object_store_open(&other, directory, &err));
	cr_assert_not_null(strstr(err.text, "belongs to user"), "%s", err.text);
}

Test(object_store, that_anyone_may_write_to_is_refused)
{
	struct error err = {0};
	struct object_store other;

	cr_assert_eq(mkdir(scratch_path("open"), 0700), 0);
	cr_assert_eq(chmod(scratch_path("open"), 0777), 0);
	cr_assert_not(object_store_open(&other, scratch_path("open"), &err));
	cr_assert_not_null(strstr(err.text, "anyone may write"), "%s", err.text);
}
