#include "tracer/runtime/objects.h"

#include "tracer/runtime/lane.h"
#include "tracer/runtime/recording.h"
#include "tracer/runtime/vectors.h"

#include <gnu/libc-version.h>
#include <string.h>

static struct recording_object *object_at(unsigned index)
{
	return &recording.objects[index];
}

static unsigned count_objects(void)
{
	struct recording_section *section = &recording.header->objects;
	uint64_t count = __atomic_load_n(&section->count, __ATOMIC_ACQUIRE);

	return (unsigned)(count < section->room ? count : section->room);
}

static bool same_bytes(const void *a, const void *b, size_t size)
{
	return memcmp(a, b, size) == 0;
}

static bool has_path(const struct recording_object *object, const char *path, size_t len)
{
	return object->path.size == len &&
	       same_bytes(recording_at(object->path.offset), path, len);
}

static size_t kept_build_id(const struct elf_image *image)
{
	return image->build_id_size < RECORDING_BUILD_ID_SIZE ? image->build_id_size
							      : RECORDING_BUILD_ID_SIZE;
}

/* The same file at the same place. */
static bool is_image(const struct recording_object *object, const struct elf_image *image)
{
	size_t size = kept_build_id(image);

	return object->base == image->base && object->start == image->start &&
	       object->end == image->end && object->build_id_size == size &&
	       same_bytes(object->build_id, image->build_id, size) &&
	       (!image->path[0] || has_path(object, image->path, strlen(image->path)));
}

/* A copy of `path` in the file, or the one that is there. */
static struct recording_string keep_path(const char *path)
{
	struct recording_section *strings = &recording.header->strings;
	size_t len = strlen(path);
	unsigned count = count_objects();
	uint64_t at;

	/* The program has no name there. */
	if (!path[0])
		return recording.header->program;
	for (unsigned i = 0; i < count; i++)
		if (object_at(i)->end && has_path(object_at(i), path, len))
			return object_at(i)->path;
	at = __atomic_fetch_add(&strings->count, len + 1, __ATOMIC_RELAXED);
	if (at > strings->room || len + 1 > strings->room - at)
		return (struct recording_string){strings->offset, 0};
	memcpy(recording.strings + at, path, len + 1);
	return (struct recording_string){strings->offset + at, len};
}

/* Whatever was mapped where this one is has gone. */
static void retire_overlapped(const struct elf_image *image)
{
	unsigned count = count_objects();

	for (unsigned i = 0; i < count; i++) {
		struct recording_object *object = object_at(i);

		if (!object->end || (object->flags & RECORDING_OBJECT_RETIRED) ||
			object->end <= image->start || object->start >= image->end ||
			is_image(object, image))
			continue;
		object->flags |= RECORDING_OBJECT_RETIRED;
		lanes_retire(i, true);
	}
}

static unsigned enter(const struct elf_image *image)
{
	uint64_t index =
		__atomic_fetch_add(&recording.header->objects.count, 1, __ATOMIC_ACQ_REL);
	struct recording_object *object;

	if (index >= recording.header->objects.room) {
		__atomic_store_n(&recording.header->objects.count,
			recording.header->objects.room, __ATOMIC_RELAXED);
		recording_drop(RECORDING_DROP_OBJECT_OVERFLOW);
		return RECORDING_NO_OBJECT;
	}
	object = object_at((unsigned)index);
	object->path = keep_path(image->path);
	object->build_id_size = kept_build_id(image);
	memcpy(object->build_id, image->build_id, object->build_id_size);
	object->base = image->base;
	object->start = image->start;
	object->text = image->text;
	object->text_end = image->text_end;
	object->flags = image->path[0] ? 0 : RECORDING_OBJECT_MAIN;
	object->opened_ns = recording_clock();
	/* The others do not see it before. */
	__atomic_store_n(&object->end, image->end, __ATOMIC_RELEASE);
	return (unsigned)index;
}

/* It is mapped again where it had been. */
static unsigned revive(unsigned index)
{
	if (object_at(index)->flags & RECORDING_OBJECT_RETIRED) {
		object_at(index)->flags &= ~(uint64_t)RECORDING_OBJECT_RETIRED;
		lanes_retire(index, false);
	}
	return index;
}

static unsigned find_image(const struct elf_image *image)
{
	unsigned count = count_objects();

	for (unsigned i = 0; i < count; i++)
		if (object_at(i)->end && is_image(object_at(i), image))
			return revive(i);
	return RECORDING_NO_OBJECT;
}

unsigned objects_register(const struct elf_image *image)
{
	unsigned index;

	retire_overlapped(image);
	index = find_image(image);
	if (index == RECORDING_NO_OBJECT)
		index = enter(image);
	if (index == RECORDING_NO_OBJECT)
		return index;
	object_at(index)->closed_ns = 0;
	object_at(index)->flags |= RECORDING_OBJECT_REGISTERED;
	return index;
}

unsigned objects_find(uint64_t address)
{
	unsigned count = count_objects();

	for (unsigned i = 0; i < count; i++) {
		const struct recording_object *object = object_at(i);
		uint64_t end = __atomic_load_n(&object->end, __ATOMIC_ACQUIRE);

		if (address < end && address >= object->start &&
			!(object->flags & RECORDING_OBJECT_RETIRED))
			return i;
	}
	return RECORDING_NO_OBJECT;
}

struct request {
	uint64_t address;
	unsigned index;
};

static void find_and_enter(void *argument)
{
	struct request *request = argument;
	struct elf_image image;

	request->index = RECORDING_NO_OBJECT;
	if (!elf_image_find_unlocked(request->address, &image))
		return;
	retire_overlapped(&image);
	request->index = find_image(&image);
	if (request->index == RECORDING_NO_OBJECT)
		request->index = enter(&image);
}

/* One that does not tell when it is closed, or was, may have gone. */
static bool is_certain(unsigned index)
{
	return index != RECORDING_NO_OBJECT &&
	       (object_at(index)->flags & RECORDING_OBJECT_REGISTERED) &&
	       !object_at(index)->closed_ns;
}

unsigned objects_find_or_enter(uint64_t address)
{
	struct request request = {address, objects_find(address)};

	if (!is_certain(request.index))
		call_saving_vectors(find_and_enter, &request);
	return request.index;
}

bool object_is_libc(unsigned object)
{
	uint64_t in_libc = (uint64_t)&gnu_get_libc_version;

	return object != RECORDING_NO_OBJECT && in_libc >= object_at(object)->start &&
	       in_libc < object_at(object)->end;
}
