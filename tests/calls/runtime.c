/*
 * Which calls a program of this collection really makes: unique (call site, callee)
 * pairs, written as they happen into a mapped file, so that nothing is lost however it
 * ends.
 *
 * Linked into each program, which is built with -finstrument-functions; this file is not.
 * CALLS_OUT names the file; run.py reads it, by the layout of `struct recording`.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <unwind.h>

#define MAX_MODULES 16
#define MAX_PAIRS 4096

/* An executable or shared object with an instrumented function that has run. */
struct module {
	uint64_t start, end; /* addresses of its segments */
	uint64_t bias; /* subtract it to get what addr2line wants */
	char path[232]; /* "" is the program itself */
};

/* A call from a library has a `frame`: what in the program called the library. */
struct pair {
	_Atomic uint64_t state; /* 0 free, 1 being filled, 2 filled */
	uint64_t site, callee,
		frame; /* site and frame: return addresses; frame 0: none */
};

struct recording {
	_Atomic uint64_t nmodules, dropped;
	struct module modules[MAX_MODULES];
	struct pair pairs[MAX_PAIRS];
};

struct search {
	uint64_t address;
	struct module found;
	int is_found;
};

struct backtrace {
	uint64_t site, frame;
	int is_past_site;
};

static struct recording *recording;
static atomic_flag modules_locked = ATOMIC_FLAG_INIT;

void __cyg_profile_func_enter(void *function, void *site);
void __cyg_profile_func_exit(void *function, void *site);

static struct recording *recording_open(void)
{
	const char *path = getenv("CALLS_OUT");
	void *memory = MAP_FAILED;
	int fd = path ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;

	if (fd >= 0 && ftruncate(fd, sizeof(*recording)) == 0)
		memory = mmap(NULL, sizeof(*recording), PROT_READ | PROT_WRITE,
			MAP_SHARED, fd, 0);
	if (fd >= 0)
		close(fd);
	/* Without it nothing could be compared: that must not look like a run without
	 * calls. */
	if (memory == MAP_FAILED)
		abort();
	return memory;
}

static int match_module(struct dl_phdr_info *info, size_t size, void *data)
{
	struct search *search = data;
	struct module module = {.start = UINT64_MAX, .bias = info->dlpi_addr};

	(void)size;
	for (size_t i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *header = &info->dlpi_phdr[i];
		uint64_t start = info->dlpi_addr + header->p_vaddr;

		if (header->p_type != PT_LOAD)
			continue;
		if (start < module.start)
			module.start = start;
		if (start + header->p_memsz > module.end)
			module.end = start + header->p_memsz;
	}
	if (search->address < module.start || search->address >= module.end)
		return 0;
	if (strlen(info->dlpi_name) >= sizeof(module.path))
		abort();
	memcpy(module.path, info->dlpi_name, strlen(info->dlpi_name));
	search->found = module;
	search->is_found = 1;
	return 1;
}

static int is_in_program(uint64_t address)
{
	uint64_t count = atomic_load(&recording->nmodules);

	for (size_t i = 0; i < count; i++) {
		const struct module *module = &recording->modules[i];

		if (address >= module->start && address < module->end)
			return 1;
	}
	return 0;
}

/* Whose function is entered is of the program, for libraries are not instrumented. */
static void add_module(uint64_t function)
{
	struct search search = {.address = function};

	while (atomic_flag_test_and_set(&modules_locked))
		;
	if (!is_in_program(function)) {
		uint64_t count = atomic_load(&recording->nmodules);

		dl_iterate_phdr(match_module, &search);
		if (!search.is_found || count == MAX_MODULES)
			abort();
		recording->modules[count] = search.found;
		atomic_store(&recording->nmodules, count + 1);
	}
	atomic_flag_clear(&modules_locked);
}

static _Unwind_Reason_Code find_frame(struct _Unwind_Context *context, void *data)
{
	struct backtrace *backtrace = data;
	uint64_t address = _Unwind_GetIP(context);

	if (address == backtrace->site)
		backtrace->is_past_site = 1;
	if (!backtrace->is_past_site || !is_in_program(address))
		return _URC_NO_REASON;
	backtrace->frame = address;
	return _URC_END_OF_STACK;
}

static void record(uint64_t site, uint64_t callee, uint64_t frame)
{
	uint64_t hash = (site * 31 + callee * 17 + frame) * 0x9e3779b97f4a7c15u;

	for (size_t i = 0; i < MAX_PAIRS; i++) {
		struct pair *pair = &recording->pairs[((hash >> 40) + i) % MAX_PAIRS];
		uint64_t state = 0;

		if (atomic_compare_exchange_strong(&pair->state, &state, 1)) {
			pair->site = site;
			pair->callee = callee;
			pair->frame = frame;
			atomic_store(&pair->state, 2);
			return;
		}
		/* One that is being filled may be the same: twice does no harm. */
		if (state == 2 && pair->site == site && pair->callee == callee &&
			pair->frame == frame)
			return;
	}
	atomic_fetch_add(&recording->dropped, 1);
}

void __cyg_profile_func_enter(void *function, void *site)
{
	struct backtrace backtrace = {.site = (uint64_t)site};

	/* The first function runs before there is a second thread. */
	if (!recording)
		recording = recording_open();
	if (!is_in_program((uint64_t)function))
		add_module((uint64_t)function);
	if (!is_in_program((uint64_t)site))
		_Unwind_Backtrace(find_frame, &backtrace);
	record((uint64_t)site, (uint64_t)function, backtrace.frame);
}

void __cyg_profile_func_exit(void *function, void *site)
{
	(void)function;
	(void)site;
}
