/*
 * Linked into a program that is built with -finstrument-functions: the set of (call site,
 * callee, function around it) that ran. For benchmarks: it judges the call graph, and so
 * shares nothing with the product.
 *
 * All processes of a program share one table in one mapped file, OBSERVE_FILE (a macro
 * of the build: some test suites empty the environment). Addresses are stored as module
 * and offset, so that an edge is the same in every process, the table does not grow with
 * the number of processes, and nothing is lost by fork, exec, _exit or kill -9.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <link.h>

/* bench/lib/observed.py reads what these lay out. */
enum {
	NSLOTS = 1 << 18,
	NMODULES = 2048,
	PATH_BYTES = 248,
	OFFSET_BITS = 40,
};

struct module {
	_Atomic uint64_t key; /* 0: free */
	char path[PATH_BYTES];
};

/* Addresses are ((index of the module + 1) << OFFSET_BITS) + offset; 0: not known. */
struct edge {
	_Atomic uint64_t key; /* 0: free */
	_Atomic uint64_t site; /* the address behind the call */
	_Atomic uint64_t callee;
	_Atomic uint64_t around; /* the innermost instrumented function that runs */
};

struct table {
	_Atomic uint64_t nlost; /* for want of room, or of a name that fits */
	struct module modules[NMODULES];
	struct edge edges[NSLOTS];
};

struct frame {
	const char *stack;
	const void *function;
};

enum {
	NSEEN = 1 << 15,
	MAX_DEPTH = 2048, /* deeper functions are not known to be around */
};

static _Atomic(struct table *) shared;
/* What this process has written, by hash: what makes the usual call cheap. */
static _Atomic uint64_t seen[NSEEN];

static __thread struct frame frames[MAX_DEPTH] __attribute__((tls_model("initial-exec")));
static __thread unsigned depth __attribute__((tls_model("initial-exec")));

void __cyg_profile_func_enter(void *function, void *site);
void __cyg_profile_func_exit(void *function, void *site);

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * 0x9e3779b97f4a7c15;
	return hash ^ hash >> 29;
}

/* The table, or NULL: a process that may not open it runs on without being observed. */
static struct table *map_table(void)
{
	struct table *table, *none = NULL;
	struct stat status;
	int fd = open(OBSERVE_FILE, O_RDWR | O_CREAT | O_CLOEXEC, 0666);

	if (fd < 0)
		return NULL;
	if (fstat(fd, &status) != 0 || ((size_t)status.st_size < sizeof(*table) &&
					       ftruncate(fd, sizeof(*table)) != 0)) {
		close(fd);
		return NULL;
	}
	table = mmap(NULL, sizeof(*table), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (table == MAP_FAILED)
		return NULL;
	if (!atomic_compare_exchange_strong(&shared, &none, table)) {
		munmap(table, sizeof(*table)); /* another thread was first */
		return none;
	}
	return table;
}

/* The index of the module called `path`, or NMODULES. */
static size_t find_module(struct table *table, const char *path, size_t len)
{
	uint64_t key = 1;

	if (len >= PATH_BYTES)
		return NMODULES;
	for (size_t i = 0; i < len; i++)
		key = mix(key, (unsigned char)path[i]);
	key |= 1;
	for (size_t i = 0; i < NMODULES; i++) {
		struct module *module = &table->modules[(key + i) % NMODULES];
		uint64_t found = 0;

		if (!atomic_compare_exchange_strong(&module->key, &found, key) &&
			found != key)
			continue;
		/* Who finds it writes, too: who took it may have been killed. */
		memcpy(module->path, path, len);
		return (key + i) % NMODULES;
	}
	return NMODULES;
}

/* Signal-safe: no lock is taken in _dl_find_object(). */
static uint64_t place_of(struct table *table, const void *address)
{
	struct dl_find_object object;
	char self[PATH_BYTES];
	const char *path;
	ssize_t len;
	size_t module;

	if (!address || _dl_find_object((void *)address, &object) != 0)
		return 0;
	path = object.dlfo_link_map->l_name;
	len = (ssize_t)strlen(path);
	if (len == 0) {
		len = readlink("/proc/self/exe", self, sizeof(self));
		path = self;
	}
	module = len > 0 ? find_module(table, path, (size_t)len) : NMODULES;
	if (module == NMODULES) {
		atomic_fetch_add(&table->nlost, 1);
		return 0;
	}
	return ((uint64_t)(module + 1) << OFFSET_BITS) +
	       ((uintptr_t)address - object.dlfo_link_map->l_addr);
}

static void add_edge(struct table *table, uint64_t site, uint64_t callee, uint64_t around)
{
	uint64_t key = mix(mix(mix(1, site), callee), around) | 1;

	for (size_t i = 0; i < NSLOTS; i++) {
		struct edge *edge = &table->edges[((key >> 20) + i) % NSLOTS];
		uint64_t found = atomic_load(&edge->key);

		if (found == 0 && atomic_compare_exchange_strong(&edge->key, &found, key))
			found = key;
		if (found != key)
			continue;
		/* As above; and a page that is only read stays clean. */
		if (atomic_load(&edge->callee) == 0) {
			atomic_store(&edge->site, site);
			atomic_store(&edge->around, around);
			atomic_store(&edge->callee, callee);
		}
		return;
	}
	atomic_fetch_add(&table->nlost, 1);
}

static void record(const void *site, const void *callee, const void *around)
{
	int saved = errno;
	struct table *table = atomic_load(&shared);

	if (!table)
		table = map_table();
	if (table)
		add_edge(table, place_of(table, site), place_of(table, callee),
			place_of(table, around));
	errno = saved;
}

/*
 * What a longjmp left is dropped when a new frame takes its place; until then, and on
 * another stack (a signal's), `around` may be a function that has ended.
 */
static const void *push(const void *function, const char *stack)
{
	const void *around;

	while (depth > 0 && frames[depth - 1].stack <= stack)
		depth--;
	around = depth > 0 ? frames[depth - 1].function : NULL;
	if (depth < MAX_DEPTH) {
		frames[depth] = (struct frame){stack, function};
		depth++;
	}
	return around;
}

void __cyg_profile_func_enter(void *function, void *site)
{
	const void *around = push(function, __builtin_frame_address(0));
	uint64_t hash =
		mix(mix(mix(1, (uintptr_t)site), (uintptr_t)function), (uintptr_t)around);
	_Atomic uint64_t *mine = &seen[(hash >> 20) % NSEEN];

	if (atomic_load_explicit(mine, memory_order_relaxed) == hash)
		return;
	record(site, function, around);
	atomic_store_explicit(mine, hash, memory_order_relaxed);
}

void __cyg_profile_func_exit(void *function, void *site)
{
	unsigned at = depth;

	(void)site;
	while (at > 0 && frames[at - 1].function != function)
		at--;
	/* One that is not there was too deep to be pushed. */
	if (at > 0)
		depth = at - 1;
}
