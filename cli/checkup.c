#include "cli/checkup.h"

#include "cli/terminal.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/terminal_text.h"
#include "core/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	STACK_LEAST_BYTES = 8 << 20
};

void checkup_line(struct checkup *checkup, enum check_state state, const char *what,
	const char *hint, const char *fmt, ...)
{
	static const char *const words[] = {"ok", "warn", "FAIL"};
	static const enum style styles[] = {STYLE_GOOD, STYLE_WARN, STYLE_BAD};
	char detail[2048];
	va_list args;

	va_start(args, fmt);
	vsnprintf(detail, sizeof(detail), fmt, args);
	va_end(args);
	checkup->nwarnings += state == CHECK_WARN;
	checkup->nfailures += state == CHECK_FAIL;
	printf("%s%-4s%s  %-14s  ", style_on(stdout, styles[state]), words[state],
		style_off(stdout), what);
	terminal_print(stdout, detail);
	putchar('\n');
	if (state != CHECK_OK && hint) {
		fputs("                      fix: ", stdout);
		terminal_print(stdout, hint);
		putchar('\n');
	}
}

void checkup_extractor(struct checkup *checkup, const struct extractor_state *state)
{
	if (!state->version) {
		checkup_line(checkup, CHECK_FAIL, "libclang",
			"install libclang: apt install libclang-19-dev libclang-common-19-dev",
			"%s", state->problem);
		return;
	}
	checkup_line(checkup, CHECK_OK, "libclang", NULL, "%s, %s, loaded by %s",
		state->version, state->library, state->module);
	checkup_line(checkup, state->problem ? CHECK_FAIL : CHECK_OK, "its headers",
		"install libclang's own headers: apt install libclang-common-19-dev",
		"%s", state->problem ? state->problem : "stddef.h is found and read");
}

/*
 * The bytes of the files below `directory`, to the depth that the cache has. Each level
 * is opened relative to the one above, so that a link planted in it leads nowhere.
 */
static uint64_t count_bytes(int parent, const char *directory, unsigned depth,
	size_t *nfiles)
{
	int fd = openat(parent, directory,
		O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *entries = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;
	uint64_t bytes = 0;
	struct stat st;

	while (entries && (entry = readdir(entries))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
			fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		if (S_ISDIR(st.st_mode) && depth)
			bytes += count_bytes(fd, entry->d_name, depth - 1, nfiles);
		if (S_ISREG(st.st_mode)) {
			bytes += (uint64_t)st.st_size;
			++*nfiles;
		}
	}
	if (entries)
		closedir(entries);
	return bytes;
}

void checkup_cache(struct checkup *checkup, const char *directory)
{
	static const char hint[] =
		"name a directory that you can write with PCARCH_CACHE_DIR";
	enum {
		CACHE_LEVELS = 4
	};
	struct error err;
	size_t nfiles = 0;
	uint64_t bytes;

	if (!file_make_dirs(directory, &err)) {
		checkup_line(checkup, CHECK_WARN, "cache", hint,
			"%s: every scan will start from nothing", err.text);
		return;
	}
	if (access(directory, W_OK | X_OK) < 0) {
		checkup_line(checkup, CHECK_WARN, "cache", hint,
			"cannot write in '%s': %s: every scan will start from nothing",
			directory, strerror(errno));
		return;
	}
	bytes = count_bytes(AT_FDCWD, directory, CACHE_LEVELS, &nfiles);
	checkup_line(checkup, CHECK_OK, "cache", NULL, "%s, %.1f MiB in %zu files",
		directory, (double)bytes / (1 << 20), nfiles);
}

void checkup_stack(struct checkup *checkup)
{
	static const char hint[] = "raise it: ulimit -s 8192";
	struct rlimit limit;

	if (getrlimit(RLIMIT_STACK, &limit) < 0)
		return;
	if (limit.rlim_cur == RLIM_INFINITY)
		checkup_line(checkup, CHECK_OK, "stack", NULL, "no limit");
	else
		checkup_line(checkup,
			limit.rlim_cur < STACK_LEAST_BYTES ? CHECK_WARN : CHECK_OK,
			"stack", hint, "%ju KiB", (uintmax_t)limit.rlim_cur / 1024);
}
