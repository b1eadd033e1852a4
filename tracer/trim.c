#include "tracer/trim.h"

#include "core/record.h"
#include "tracer/recording_name.h"
#include "tracer/run_directory.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	PAGE_BYTES = 4096
};

void trim_open(struct trim *trim, const struct run_directory *run)
{
	*trim = (struct trim){.run = run, .done.key_bytes = sizeof(const char *)};
	trim->names.arena = &trim->arena;
}

void trim_release(struct trim *trim)
{
	key_table_release(&trim->done);
	interner_release(&trim->names);
	arena_release(&trim->arena);
}

/* The last image of each process, by what parts of the names say. */
struct image {
	uint64_t ticks;
	uint32_t pid, generation;
	const char *name;
};

static int by_process(const void *a, const void *b)
{
	const struct image *left = a, *right = b;

	if (left->ticks != right->ticks)
		return left->ticks < right->ticks ? -1 : 1;
	if (left->pid != right->pid)
		return left->pid < right->pid ? -1 : 1;
	return left->generation < right->generation
		       ? -1
		       : left->generation > right->generation;
}

/* All that are not done. */
static struct image *read_images(struct trim *trim, DIR *directory, size_t *count)
{
	const struct dirent *entry;
	struct image *images = NULL;
	size_t n = 0, room = 0;

	while ((entry = readdir(directory))) {
		struct image image = {0};

		if (!recording_name_read(entry->d_name, &image.ticks, &image.pid,
			    &image.generation))
			continue;
		image.name = intern_string(&trim->names, entry->d_name);
		if (key_table_find(&trim->done, &image.name) != UINT32_MAX)
			continue;
		images = grow(images, n, &room, sizeof(*images));
		images[n++] = image;
	}
	if (n)
		qsort(images, n, sizeof(*images), by_process);
	*count = n;
	return images;
}

/* As far as we see: it may live where pids are others, in a container. */
static bool is_gone(const struct image *image, const struct image *next)
{
	bool has_next = next && next->ticks == image->ticks && next->pid == image->pid;

	return has_next || !recording_name_is_running(image->ticks, image->pid);
}

/*
 * The size stays, so that a process that lives on after all is not ended by a signal
 * where its mapping would have no file behind it.
 */
static void cut(int directory, const char *name)
{
	const int how = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;
	int fd = openat(directory, name, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct recording_header header;
	struct stat st;
	uint64_t used;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
		pread(fd, &header, sizeof(header), 0) == sizeof(header) &&
		header.magic == RECORDING_MAGIC && header.version == RECORDING_VERSION &&
		header.state & RECORDING_READY) {
		used = header.heap.offset + header.heap.count;
		used = (used + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
		if (used > sizeof(header) && used < (uint64_t)st.st_size)
			(void)!fallocate(fd, how, (off_t)used, st.st_size - (off_t)used);
	}
	close(fd);
}

void trim_finished(struct trim *trim)
{
	DIR *directory = opendir(trim->run->path);
	struct image *images;
	size_t n;

	if (!directory)
		return;
	images = read_images(trim, directory, &n);
	for (size_t i = 0; images && i < n; i++) {
		if (!is_gone(&images[i], i + 1 < n ? &images[i + 1] : NULL))
			continue;
		cut(dirfd(directory), images[i].name);
		key_table_add(&trim->done, &images[i].name, NULL);
	}
	free(images);
	closedir(directory);
}
