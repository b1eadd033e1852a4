#include "tracer/runtime/recording.h"

#include "tracer/runtime/process.h"
#include "tracer/runtime/say.h"
#include "tracer/runtime/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum {
	HEADER_BYTES = 4096,
	NOBJECTS = 512,
	STRING_BYTES = 64 << 10,
	NTABLES = 1024, /* threads at the same time; more share the first table */
	NTRACES = 1000,
	MAX_GENERATIONS = 1 << 20,
};

static const bool yes = true;

struct recording recording = {.is_ours = &yes};

static char path[PATH_MAX];
static uint64_t heap_end;

uint64_t recording_clock(void)
{
	struct timespec now = {0};

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

static uint64_t wall_clock(void)
{
	struct timespec now = {0};

	clock_gettime(CLOCK_REALTIME, &now);
	return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

/* A file that no other process or image of this one has; its number in `*generation`. */
static int create_file(const struct process *self, uint64_t *generation)
{
	for (unsigned i = 0; i < MAX_GENERATIONS; i++) {
		int len = snprintf(path, sizeof(path), "%s/%llx-%llu-%u" RECORDING_SUFFIX,
			settings.directory, (unsigned long long)self->ticks,
			(unsigned long long)self->pid, i);
		int fd = len < (int)sizeof(path) ? open(path,
							   O_RDWR | O_CREAT | O_EXCL |
								   O_CLOEXEC | O_NOFOLLOW,
							   0600)
						 : -1;

		*generation = i;
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

/* 0, or an error number. A limit on the size of files would also send a signal: swallow
 * it. */
static int allocate_file(int fd)
{
	static const struct timespec no_time;
	sigset_t limit, saved;
	int error;

	sigemptyset(&limit);
	sigaddset(&limit, SIGXFSZ);
	sigprocmask(SIG_BLOCK, &limit, &saved);
	error = posix_fallocate(fd, 0, (off_t)settings.max_bytes);
	if (error == EFBIG)
		sigtimedwait(&limit, NULL, &no_time);
	sigprocmask(SIG_SETMASK, &saved, NULL);
	return error;
}

/* The new file, mapped somewhere; NULL with errno set. */
static struct recording_header *map_file(const struct process *self, uint64_t *generation)
{
	int fd = create_file(self, generation), error;
	void *bytes = MAP_FAILED;

	if (fd < 0)
		return NULL;
	error = allocate_file(fd);
	if (!error) {
		bytes = mmap(NULL, settings.max_bytes, PROT_READ | PROT_WRITE, MAP_SHARED,
			fd, 0);
		error = errno;
	}
	close(fd);
	if (bytes == MAP_FAILED) {
		unlink(path);
		errno = error;
		return NULL;
	}
	/* A core is about the program. */
	madvise(bytes, settings.max_bytes, MADV_DONTDUMP);
	return bytes;
}

static struct recording_section take_section(uint64_t *offset, uint64_t room, size_t size)
{
	struct recording_section section = {.offset = *offset, .room = room};

	*offset = (*offset + room * size + 63) & ~UINT64_C(63);
	return section;
}

static void fill_header(struct recording_header *header, const struct process *self)
{
	uint64_t at = HEADER_BYTES, ntraces = 0;

	if (settings.mode == RECORDING_SPANS) {
		ntraces = settings.max_bytes / 2 / sizeof(struct recording_trace);
		if (ntraces > NTRACES)
			ntraces = NTRACES;
	}
	header->magic = RECORDING_MAGIC;
	header->version = RECORDING_VERSION;
	header->header_size = sizeof(*header);
	header->file_size = settings.max_bytes;
	header->id[0] = self->random[0];
	header->id[1] = self->random[1];
	header->pid = self->pid;
	header->ppid = self->ppid;
	header->process_ticks = self->ticks;
	header->start_wall_ns = wall_clock();
	header->start_ns = recording_clock();
	header->mode = settings.mode;
	header->objects = take_section(&at, NOBJECTS, sizeof(struct recording_object));
	header->strings = take_section(&at, STRING_BYTES, 1);
	header->tables = take_section(&at, NTABLES, sizeof(struct recording_table));
	header->traces = take_section(&at, ntraces, sizeof(struct recording_trace));
	header->heap = take_section(&at, settings.max_bytes - at, 1);
}

/* Everything that is written goes through these from now on. */
static void use(struct recording_header *header)
{
	recording.objects = (void *)((char *)header + header->objects.offset);
	recording.strings = (char *)header + header->strings.offset;
	recording.tables = (void *)((char *)header + header->tables.offset);
	recording.traces = (void *)((char *)header + header->traces.offset);
	heap_end = header->heap.room;
	recording.header = header;
}

static void set_program(struct recording_header *header)
{
	char *strings = (char *)header + header->strings.offset;
	ssize_t len = readlink("/proc/self/exe", strings, PATH_MAX - 1);

	header->program.offset = header->strings.offset;
	header->program.size = len > 0 ? (uint64_t)len : 0;
	strings[header->program.size] = '\0';
	header->strings.count = header->program.size + 1;
}

/*
 * A page that a copy of the process finds empty: clone() can be called without libc,
 * which then tells nobody. Where the kernel (before 4.14) does not do that, it stays so.
 */
static void make_mark(void)
{
	size_t size = (size_t)sysconf(_SC_PAGESIZE);
	bool *mark = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
		-1, 0);

	if (mark == MAP_FAILED)
		return;
	*mark = true;
	if (madvise(mark, size, MADV_WIPEONFORK) == 0)
		recording.is_ours = mark;
	else
		munmap(mark, size);
}

bool recording_open(void)
{
	struct recording_header *header;
	struct process self;
	uint64_t generation;

	process_read(&self);
	header = map_file(&self, &generation);
	if (!header) {
		say("not traced: cannot record in '%s': %s", settings.directory,
			strerror(errno));
		return false;
	}
	fill_header(header, &self);
	header->generation = generation;
	set_program(header);
	use(header);
	make_mark();
	__atomic_store_n(&header->state, RECORDING_READY, __ATOMIC_RELEASE);
	return true;
}

/* What the child's objects and their strings are is what the parent's were. */
static void copy_objects(struct recording_header *to, const struct recording_header *from)
{
	uint64_t nobjects = from->objects.count < from->objects.room ? from->objects.count
								     : from->objects.room;
	uint64_t nbytes = from->strings.count < from->strings.room ? from->strings.count
								   : from->strings.room;

	to->objects.count = nobjects;
	to->strings.count = nbytes;
	memcpy((char *)to + to->objects.offset, (const char *)from + from->objects.offset,
		nobjects * sizeof(struct recording_object));
	memcpy((char *)to + to->strings.offset, (const char *)from + from->strings.offset,
		nbytes);
	to->program = from->program;
	to->has_words = from->has_words;
	to->nwords = from->nwords;
	memcpy(to->words, from->words, sizeof(to->words));
	to->thread_site = from->thread_site;
	to->parent[0] = from->id[0];
	to->parent[1] = from->id[1];
}

void recording_fork(void)
{
	struct recording_header *parent = recording.header, *header;
	uint64_t generation = 0;
	struct process self;

	if (recording.is_ours != &yes)
		*(bool *)recording.is_ours = true;
	process_read(&self);
	header = map_file(&self, &generation);
	if (!header) {
		recording_drop(RECORDING_DROP_CHILD);
		header = mmap(NULL, settings.max_bytes, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
		path[0] = '\0';
	}
	if (header == MAP_FAILED) {
		recording.header = NULL;
		return;
	}
	fill_header(header, &self);
	header->generation = generation;
	copy_objects(header, parent);
	if (mremap(header, settings.max_bytes, settings.max_bytes,
		    MREMAP_MAYMOVE | MREMAP_FIXED, parent) == MAP_FAILED) {
		recording.header = NULL;
		return;
	}
	use(parent);
	__atomic_store_n(&parent->state, RECORDING_READY | RECORDING_FORKED,
		__ATOMIC_RELEASE);
}

bool recording_alloc(uint64_t size, uint64_t *offset)
{
	struct recording_section *heap = &recording.header->heap;

	if (size > heap_end || heap->count > heap_end - size)
		return false;
	*offset = heap->offset + heap->count;
	heap->count += size;
	return true;
}

void recording_trim(void)
{
	struct recording_header *header = recording.header;
	uint64_t used = header->heap.offset + header->heap.count;

	heap_end = header->heap.count;
	if (path[0] && truncate(path, (off_t)((used + 4095) & ~UINT64_C(4095))) == 0)
		header->file_size = (used + 4095) & ~UINT64_C(4095);
}
