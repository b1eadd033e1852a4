/*
 * Loaded by the dynamic linker (LD_AUDIT, see rtld-audit(7)) into processes of which
 * nothing else is known: writes down which objects are loaded and what they bind from
 * each other. A binding is written when it is made: what a killed process had bound is
 * there. With lazy binding that is the first call.
 *
 * It lives in a namespace of its own, with a libc of its own: nothing here may touch the
 * program.
 */
#include "tracer/audit/audit.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	MAX_LINE = PATH_MAX + 64,
	MAX_OBJECTS = 4096,
};

static int file = -1;
static unsigned nobjects;

/* Bindings by their hash, the last one of each slot: see is_known(). */
static uint64_t seen[1 << 14];

static void write_line(const char *line, int len)
{
	int saved = errno;

	/* One write: whole among those of other threads. */
	if (file >= 0 && len > 0 && len < MAX_LINE &&
		memchr(line, '\n', (size_t)len) == line + len - 1)
		while (write(file, line, (size_t)len) < 0 && errno == EINTR)
			;
	errno = saved;
}

static void open_file(void)
{
	const char *directory = getenv(AUDIT_DIRECTORY);
	char path[MAX_LINE], line[MAX_LINE];
	struct timespec now;
	long long start;
	int len;

	if (!directory || directory[0] != '/')
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	start = (long long)now.tv_sec * 1000000000 + now.tv_nsec;
	len = snprintf(path, sizeof(path), "%s/%d-%lld%s", directory, (int)getpid(),
		start, AUDIT_SUFFIX);
	if (len >= MAX_LINE)
		return;
	file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
	len = snprintf(line, sizeof(line), AUDIT_HEAD " %d %d %lld\n", (int)getpid(),
		(int)getppid(), start);
	write_line(line, len);
}

/* What the command starts is not audited: it may be instrumented. */
static void leave_children_alone(void)
{
	static const char name[] = "LD_AUDIT=";

	for (char **variable = environ; variable && *variable; variable++)
		if (strncmp(*variable, name, sizeof(name) - 1) == 0)
			(*variable)[sizeof(name) - 1] = '\0';
}

__attribute__((visibility("default"))) unsigned la_version(unsigned version)
{
	leave_children_alone();
	open_file();
	return file < 0 ? 0 : version < LAV_CURRENT ? version : LAV_CURRENT;
}

static const char *path_of(const struct link_map *map, char program[PATH_MAX])
{
	ssize_t len;

	if (map->l_name && map->l_name[0])
		return map->l_name;
	len = readlink("/proc/self/exe", program, PATH_MAX - 1);
	program[len > 0 ? len : 0] = '\0';
	return program;
}

__attribute__((visibility("default"))) unsigned la_objopen(struct link_map *map,
	Lmid_t namespace, uintptr_t *cookie)
{
	char program[PATH_MAX], line[MAX_LINE];
	unsigned number = __atomic_fetch_add(&nobjects, 1, __ATOMIC_RELAXED);

	(void)namespace;
	*cookie = number;
	if (number >= MAX_OBJECTS)
		return 0;
	write_line(line, snprintf(line, sizeof(line), "object %u %s\n", number,
				 path_of(map, program)));
	return LA_FLG_BINDTO | LA_FLG_BINDFROM;
}

/* A binding is repeated by dlsym() each time; a few that share a slot are written again.
 */
static bool is_known(uintptr_t from, uintptr_t to, const char *symbol)
{
	const uint64_t prime = 0x100000001b3;
	uint64_t hash = 0xcbf29ce484222325 ^ (from * MAX_OBJECTS + to), *slot;

	for (; *symbol; symbol++)
		hash = (hash ^ (unsigned char)*symbol) * prime;
	hash |= 1;
	slot = &seen[(hash >> 8) % (sizeof(seen) / sizeof(seen[0]))];
	return __atomic_exchange_n(slot, hash, __ATOMIC_RELAXED) == hash;
}

/* NOLINTBEGIN(readability-function-size,readability-non-const-parameter): rtld-audit(7)
 */
__attribute__((visibility("default"))) uintptr_t la_symbind64(Elf64_Sym *symbol,
	unsigned index, uintptr_t *from, uintptr_t *to, unsigned *flags, const char *name)
/* NOLINTEND(readability-function-size,readability-non-const-parameter) */
{
	char line[MAX_LINE];

	(void)index;
	*flags |= LA_SYMB_NOPLTENTER | LA_SYMB_NOPLTEXIT;
	if (!is_known(*from, *to, name))
		write_line(line, snprintf(line, sizeof(line), "bind %lu %lu %s\n",
					 (unsigned long)*from, (unsigned long)*to, name));
	return symbol->st_value;
}
