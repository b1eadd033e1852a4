#include "tracer/runtime/edge_info.h"

#include "tracer/runtime/lane.h"
#include "tracer/runtime/objects.h"
#include "tracer/runtime/recording.h"

enum {
	CALL_REL32 = 0xe8,
	CALL_SIZE = 5,
	MAX_READ = 9,
	THUNK_SIZE = 192, /* at most */
};

/*
 * Handlers return into a few bytes of libc that have no symbol, but a form that debuggers
 * rely on: mov $15,%rax; syscall (rt_sigreturn).
 */
static bool is_signal_return(uint64_t site)
{
#ifdef __x86_64__
	uint64_t bytes;

	__builtin_memcpy(&bytes, (const void *)site, sizeof(bytes));
	return bytes == UINT64_C(0x0f0000000fc0c748) &&
	       ((const uint8_t *)site)[8] == 0x05;
#elif defined(__aarch64__)
	/* mov x8, #139; svc #0 */
	uint64_t bytes;

	__builtin_memcpy(&bytes, (const void *)site, sizeof(bytes));
	return bytes == UINT64_C(0xd4000001d2801168);
#else
	(void)site;
	return false;
#endif
}

/*
 * A call of the thunk pushes the address behind itself. A goto leaves on the stack what
 * was there, which may be the return address of the whole function.
 */
static bool follows_thunk_call(uint64_t site, uint64_t thunk)
{
	int32_t distance;
	uint64_t target;

	if (*(const uint8_t *)(site - CALL_SIZE) != CALL_REL32)
		return false;
	__builtin_memcpy(&distance, (const void *)(site - sizeof(distance)),
		sizeof(distance));
	target = site + (uint64_t)(int64_t)distance;
	return thunk - target < THUNK_SIZE;
}

static bool is_inside(unsigned object, uint64_t site)
{
	const struct recording_object *at = &recording.objects[object];

	return site - CALL_SIZE >= at->text && site + MAX_READ <= at->text_end;
}

/* Nothing is read there but what is in the text of a file. */
static unsigned site_flags(unsigned object, const struct sighting *seen)
{
	bool is_known = object != RECORDING_NO_OBJECT && is_inside(object, seen->site);

	if (seen->flags & RECORDING_EDGE_INDIRECT)
		return is_known && follows_thunk_call(seen->site, seen->thunk)
			       ? 0
			       : RECORDING_EDGE_JUMP;
	return is_known && is_signal_return(seen->site) ? RECORDING_EDGE_SIGNAL : 0;
}

static void learn_thread_site(unsigned object, uint64_t site)
{
	if (!recording.header->thread_site && object_is_libc(object))
		recording.header->thread_site = site;
}

static uint64_t build_of(unsigned flags)
{
	if (flags & RECORDING_EDGE_BODY)
		return RECORDING_PORTABLE;
	return flags & RECORDING_EDGE_INDIRECT ? RECORDING_INDIRECT : RECORDING_PATCHABLE;
}

uint64_t edge_info(const struct sighting *seen)
{
	/* What is on the stack at a goto is no reason to look for a file. */
	bool is_call = !(seen->flags & RECORDING_EDGE_INDIRECT);
	unsigned from =
		is_call ? objects_find_or_enter(seen->site) : objects_find(seen->site);
	unsigned to = objects_find_or_enter(seen->callee);
	uint64_t ms = (recording_clock() - recording.header->start_ns) / 1000000;
	uint64_t build = build_of(seen->flags);
	unsigned flags = site_flags(from, seen);

	if ((seen->flags & EDGE_FIRST_OF_THREAD) && !flags)
		learn_thread_site(from, seen->site);
	if (!(recording.header->state & build))
		__atomic_fetch_or(&recording.header->state, build, __ATOMIC_RELAXED);
	return recording_info(from, to, seen->flags | flags, (uint32_t)ms);
}
