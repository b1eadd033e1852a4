#include "tracer/runtime/patch.h"

#include "tracer/runtime/filter.h"
#include "tracer/runtime/layout.h"
#include "tracer/runtime/say.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	ENTRY_SIZE = 5,
	ENTRY_ROOM = 10, /* with an endbr64 in front */
	CALL_REL32 = 0xe8,
};

#ifdef __x86_64__
/* What gcc and clang leave there for -fpatchable-function-entry=5. */
static const uint8_t no_ops[][ENTRY_SIZE] = {
	{0x90, 0x90, 0x90, 0x90, 0x90},
	{0x0f, 0x1f, 0x44, 0x00, 0x08},
	{0x0f, 0x1f, 0x44, 0x00, 0x00},
};
static const uint8_t endbr64[] = {0xf3, 0x0f, 0x1e, 0xfa};

static bool is_entry(const uint8_t *at)
{
	for (size_t i = 0; i < sizeof(no_ops) / sizeof(no_ops[0]); i++)
		if (memcmp(at, no_ops[i], ENTRY_SIZE) == 0)
			return true;
	return false;
}

static size_t endbr_size(const uint8_t *at)
{
	return memcmp(at, endbr64, sizeof(endbr64)) == 0 ? sizeof(endbr64) : 0;
}

/* Make `at` a call. False: there are no no-ops, or it is too far. */
static bool patch(uint8_t *at, const void *to)
{
	int64_t distance;
	int32_t offset;

	at += endbr_size(at);
	distance = (int64_t)((uint64_t)to - (uint64_t)(at + ENTRY_SIZE));
	offset = (int32_t)distance;
	if (offset != distance || !is_entry(at))
		return false;
	at[0] = CALL_REL32;
	memcpy(at + 1, &offset, sizeof(offset));
	return true;
}
#else
static size_t endbr_size(const uint8_t *at)
{
	(void)at;
	return 0;
}

static bool patch(uint8_t *at, const void *to)
{
	(void)at;
	(void)to;
	return false;
}
#endif

struct pages {
	char *start;
	size_t size;
	int protection; /* as the file asks for */
};

static struct pages pages_of(const struct elf_image *image, const ElfW(Phdr) * header)
{
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE) - 1;
	uint64_t start = (image->base + header->p_vaddr) & ~page;
	uint64_t end = (image->base + header->p_vaddr + header->p_memsz + page) & ~page;
	int protection = 0;

	if (header->p_flags & PF_R)
		protection |= PROT_READ;
	if (header->p_flags & PF_W)
		protection |= PROT_WRITE;
	if (header->p_flags & PF_X)
		protection |= PROT_EXEC;
	return (struct pages){(char *)start, end - start, protection};
}

/* In a program that is linked statically this very code is on those pages. */
static int writable(const struct pages *pages)
{
	const char *here = (const char *)&patch_entries;
	bool is_here = here >= pages->start && here < pages->start + pages->size;

	return PROT_READ | PROT_WRITE | (is_here ? PROT_EXEC : 0);
}

/* The part of the choices that is in one segment. */
struct range {
	const struct choice *choices;
	size_t nchoices;
	const void *to; /* what they are to call */
	uint64_t start, end;
};

/* What the linker has dropped is 0, or somewhere else. */
static bool is_wanted(const struct range *range, size_t i)
{
	uint64_t at = range->choices[i].entry;

	return range->choices[i].is_traced && at >= range->start && at < range->end &&
	       range->end - at >= ENTRY_ROOM;
}

static uint64_t count_wanted(const struct range *range)
{
	uint64_t count = 0;

	for (size_t i = 0; i < range->nchoices; i++)
		count += is_wanted(range, i);
	return count;
}

/* How many could not be patched. */
static uint64_t patch_range(const struct range *range)
{
	uint64_t nfailed = 0;

	for (size_t i = 0; i < range->nchoices; i++)
		if (is_wanted(range, i))
			nfailed += !patch((uint8_t *)range->choices[i].entry, range->to);
	return nfailed;
}

static bool is_in(const struct range *range, const void *address)
{
	return (uint64_t)address >= range->start && (uint64_t)address < range->end;
}

/* How far the thread's lane is from its thread pointer: the same for all threads. */
static int64_t lane_offset(void)
{
	int64_t offset = 0;

#ifdef __x86_64__
	/* In the one form that a linker may rewrite for a program linked statically. */
	__asm__("movq pcarch_lane@GOTTPOFF(%%rip), %0" : "=r"(offset));
#endif
	return offset;
}

/* Let the instruction whose displacement is at `place` reach this part of the lane. */
static void patch_place(const struct range *range, int32_t *place, int64_t member)
{
	int32_t displacement = (int32_t)(lane_offset() + member);

	if (is_in(range, place))
		memcpy(place, &displacement, sizeof(displacement));
}

static void patch_stub(const struct range *range, const struct pcarch_stub *stub)
{
	patch_place(range, stub->mask, LANE_MASK);
	patch_place(range, stub->edges, LANE_EDGES);
	patch_place(range, stub->timed_mask, LANE_MASK);
	patch_place(range, stub->timed_edges, LANE_EDGES);
	patch_place(range, stub->timed_last, LANE_LAST);
	patch_place(range, stub->timed_tick, LANE_TICK);
}

static uint64_t patch_segment(const struct elf_image *image, const ElfW(Phdr) * header,
	const struct range *range, const struct pcarch_stub *stub)
{
	struct pages pages = pages_of(image, header);
	uint64_t nfailed;

	if (!count_wanted(range))
		return 0;
	if (mprotect(pages.start, pages.size, writable(&pages)) != 0) {
		say("the calls in '%.200s' are not traced: its text cannot be made writable: "
		    "%s; build it with 'pcarch build --mode portable'",
			image->path[0] ? image->path : "the program", strerror(errno));
		return count_wanted(range);
	}
	patch_stub(range, stub);
	nfailed = patch_range(range);
	/* Better writable than not executable. */
	if (mprotect(pages.start, pages.size, pages.protection) != 0)
		mprotect(pages.start, pages.size, PROT_READ | PROT_WRITE | PROT_EXEC);
	return nfailed;
}

uint64_t patch_entries(const struct elf_image *image, const struct pcarch_stub *stub,
	const void *to, const struct choice *choices, size_t nchoices)
{
	struct range range = {.choices = choices, .nchoices = nchoices, .to = to};
	sigset_t all, saved;
	uint64_t nfailed = 0;

	/* A handler may be in the text that cannot be executed now. */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &saved);
	for (size_t i = 0; i < image->nheaders; i++) {
		const ElfW(Phdr) *header = &image->headers[i];

		range.start = image->base + header->p_vaddr;
		range.end = range.start + header->p_memsz;
		if (header->p_type == PT_LOAD && (header->p_flags & PF_X))
			nfailed += patch_segment(image, header, &range, stub);
	}
	sigprocmask(SIG_SETMASK, &saved, NULL);
	return nfailed;
}

uint64_t patch_return(uint64_t entry)
{
	return entry + endbr_size((const uint8_t *)entry) + ENTRY_SIZE;
}
