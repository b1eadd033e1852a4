/* A directory for one test: scratch_dir, made by scratch_make(), gone after
 * scratch_remove(). */
#ifndef PCARCH_TESTS_SCRATCH_H
#define PCARCH_TESTS_SCRATCH_H

#include <criterion/criterion.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char scratch_dir[256];

static inline void scratch_make(void)
{
	const char *base = getenv("TMPDIR");

	snprintf(scratch_dir, sizeof(scratch_dir), "%s/pcarch-test-XXXXXX",
		base && *base ? base : "/tmp");
	cr_assert_not_null(mkdtemp(scratch_dir));
}

static inline int scratch_remove_one(const char *path, const struct stat *st, int type,
	struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static inline void scratch_remove(void)
{
	nftw(scratch_dir, scratch_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* NAME in the directory; valid until 64 more calls. */
static inline const char *scratch_path(const char *name)
{
	static char paths[64][512];
	static unsigned next;
	char *path = paths[next++ % 64];

	snprintf(path, sizeof(paths[0]), "%s/%s", scratch_dir, name);
	return path;
}

static inline void scratch_write(const char *name, const char *content)
{
	FILE *out = fopen(scratch_path(name), "w");

	cr_assert_not_null(out, "cannot write '%s'", name);
	fputs(content, out);
	cr_assert_eq(fclose(out), 0);
}

/* Set when it was modified, in seconds before now. */
static inline void scratch_age(const char *name, long age_s)
{
	struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {0}};

	clock_gettime(CLOCK_REALTIME, &times[1]);
	times[1].tv_sec -= age_s;
	times[1].tv_nsec = 0;
	cr_assert_eq(utimensat(AT_FDCWD, scratch_path(name), times, 0), 0);
}

#endif
