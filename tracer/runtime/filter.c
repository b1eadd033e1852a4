#include "tracer/runtime/filter.h"

#include "core/record_roots.h"
#include "tracer/runtime/patch.h"
#include "tracer/runtime/recording.h"
#include "tracer/runtime/roots.h"
#include "tracer/runtime/settings.h"
#include "tracer/runtime/symbols.h"

#include <fnmatch.h>
#include <string.h>
#include <sys/mman.h>

enum {
	MAX_PATTERNS = 256,
	ROOT_SLOTS = 16384, /* a power of two */
	MAX_ROOTS = ROOT_SLOTS / 2,
};

static const char *patterns[MAX_PATTERNS], *roots[MAX_PATTERNS];
static size_t npatterns, nroots;

/* Addresses, hashed; more come with dlopen while other threads read. */
static struct root root_slots[ROOT_SLOTS];
static size_t nroot_slots;

static size_t split(char *text, const char **out)
{
	size_t count = 0;

	while (*text && count < MAX_PATTERNS) {
		char *comma = strchr(text, ',');

		if (comma)
			*comma = '\0';
		if (*text)
			out[count++] = text;
		if (!comma)
			break;
		text = comma + 1;
	}
	return count;
}

void filter_init(void)
{
	npatterns = split(settings.filter, patterns);
	nroots = split(settings.roots, roots);
}

bool filter_has_roots(void)
{
	return nroots > 0 || roots_are_listed();
}

/* The last pattern that matches decides. */
static bool is_traced(const char *path, const char *function)
{
	bool result = !npatterns || patterns[0][0] == '!';

	for (size_t i = 0; i < npatterns; i++) {
		bool excludes = patterns[i][0] == '!';
		const char *pattern = patterns[i] + excludes;

		if (fnmatch(pattern, strchr(pattern, '/') ? path : function, 0) == 0)
			result = !excludes;
	}
	return result;
}

static bool is_root_name(const char *function)
{
	for (size_t i = 0; i < nroots; i++)
		if (fnmatch(roots[i], function, 0) == 0)
			return true;
	return false;
}

static size_t root_slot(uint64_t address)
{
	return (address * UINT64_C(0x9e3779b97f4a7c15) >> 32) & (ROOT_SLOTS - 1);
}

struct root *filter_root(uint64_t address)
{
	for (size_t i = root_slot(address);; i = (i + 1) & (ROOT_SLOTS - 1)) {
		uint64_t found =
			__atomic_load_n(&root_slots[i].address, __ATOMIC_ACQUIRE);

		if (!found)
			return NULL;
		if (found == address)
			return &root_slots[i];
	}
}

static void add_root(const struct root *root)
{
	size_t i = root_slot(root->address);
	struct root *known = filter_root(root->address);

	/* One of several names of a function may be that of a handler. */
	if (known) {
		known->kind |= root->kind;
		return;
	}
	if (nroot_slots == MAX_ROOTS) {
		recording_drop(RECORDING_DROP_ROOT_LIMIT);
		return;
	}
	while (root_slots[i].address)
		i = (i + 1) & (ROOT_SLOTS - 1);
	nroot_slots++;
	root_slots[i].number = root->number;
	root_slots[i].kind = root->kind;
	__atomic_store_n(&root_slots[i].address, root->address, __ATOMIC_RELEASE);
}

struct choosing {
	const struct elf_image *image;
	const char *path;
	struct choice *choices;
	size_t nchoices;
};

/* The first choice whose entry is not before `address`. */
static size_t find_choice(const struct choosing *choosing, uint64_t address)
{
	size_t low = 0, high = choosing->nchoices;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (choosing->choices[middle].entry < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void choose(const struct symbol *symbol, void *argument)
{
	struct choosing *choosing = argument;
	uint64_t address = choosing->image->base + symbol->address;
	uint64_t end = address + (symbol->size ? symbol->size : 1);
	bool is_chosen = is_traced(choosing->path, symbol->name);
	struct root root = {.address = address};
	bool is_root;

	root.number = roots_find(symbol, &root.kind);
	if (!root.number && is_root_name(symbol->name))
		root.kind = ROOTS_ENTRY;
	is_root = root.kind != 0;
	if (is_root)
		add_root(&root);
	for (size_t i = find_choice(choosing, address);
		i < choosing->nchoices && choosing->choices[i].entry < end; i++) {
		choosing->choices[i].is_traced = is_chosen;
		root.address = patch_return(choosing->choices[i].entry);
		if (is_root)
			add_root(&root);
	}
}

/* Mostly sorted as it is; no libc, whose qsort() would allocate. */
static void sort_choices(struct choice *choices, size_t count)
{
	for (size_t gap = count / 2; gap; gap /= 2) {
		for (size_t i = gap; i < count; i++) {
			struct choice choice = choices[i];
			size_t j = i;

			for (; j >= gap && choices[j - gap].entry > choice.entry;
				j -= gap)
				choices[j] = choices[j - gap];
			choices[j] = choice;
		}
	}
}

struct choice *choices_make(const struct elf_image *image, const char *path,
	const struct pcarch_stub *stub, size_t *nchoices)
{
	struct choosing choosing = {.image = image, .path = path};
	size_t count = (size_t)(stub->entries_end - stub->entries);

	if (count) {
		choosing.choices = mmap(NULL, count * sizeof(struct choice),
			PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (choosing.choices == MAP_FAILED)
			return NULL;
		choosing.nchoices = count;
	}
	for (size_t i = 0; i < count; i++)
		choosing.choices[i] =
			(struct choice){stub->entries[i], is_traced(path, "")};
	sort_choices(choosing.choices, count);
	/* Names are read only where a pattern asks for them. */
	if (npatterns || filter_has_roots())
		symbols_each(path, choose, &choosing);
	*nchoices = count;
	return choosing.choices;
}

void choices_release(struct choice *choices, size_t nchoices)
{
	if (choices)
		munmap(choices, nchoices * sizeof(*choices));
}
