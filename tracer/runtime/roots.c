#include "tracer/runtime/roots.h"

#include "core/record_roots.h"
#include "tracer/runtime/settings.h"
#include "tracer/runtime/symbols.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the file says of itself is checked once, offsets of strings when they are used. */
static struct {
	const char *bytes; /* a copy, as the file may be cut */
	size_t size;
	const struct roots_function *functions;
	const struct roots_word *words;
	uint32_t nfunctions, nwords;
	bool has_handlers;
} list;

static bool read_all(int fd, char *bytes, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = read(fd, bytes + done, size - done);

		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

/* The file's content, in memory of its own; NULL: there is none. */
static char *read_file(size_t *size)
{
	char path[PATH_MAX];
	char *bytes = MAP_FAILED;
	struct stat st;
	int fd;

	snprintf(path, sizeof(path), "%s/" ROOTS_FILE, settings.directory);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
		st.st_size <= ROOTS_MAX_BYTES)
		bytes = mmap(NULL, (size_t)st.st_size, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (bytes != MAP_FAILED && !read_all(fd, bytes, (size_t)st.st_size)) {
		munmap(bytes, (size_t)st.st_size);
		bytes = MAP_FAILED;
	}
	close(fd);
	if (bytes == MAP_FAILED)
		return NULL;
	*size = (size_t)st.st_size;
	return bytes;
}

static bool is_whole(const char *bytes, size_t size)
{
	const struct roots_header *header = (const void *)bytes;
	uint64_t used = sizeof(*header);

	if (size <= used || header->magic != ROOTS_MAGIC || bytes[size - 1])
		return false;
	used += header->nfunctions * (uint64_t)sizeof(struct roots_function);
	used += header->nwords * (uint64_t)sizeof(struct roots_word);
	return used < size;
}

/* False: it is damaged. */
static bool take_list(const char *bytes, size_t size)
{
	const struct roots_header *header = (const void *)bytes;

	if (!is_whole(bytes, size))
		return false;
	list.bytes = bytes;
	list.size = size;
	list.functions = (const void *)(header + 1);
	list.nfunctions = header->nfunctions;
	list.words = (const void *)(list.functions + list.nfunctions);
	list.nwords = header->nwords;
	for (uint32_t i = 0; i < list.nfunctions; i++)
		list.has_handlers |= (list.functions[i].kind & ROOTS_HANDLER) != 0;
	return true;
}

void roots_open(void)
{
	size_t size = 0;
	char *bytes = read_file(&size);

	if (bytes && !take_list(bytes, size))
		munmap(bytes, size);
}

bool roots_are_listed(void)
{
	return list.nfunctions > 0;
}

bool roots_have_handlers(void)
{
	return list.has_handlers;
}

/* The file ends with a NUL: so does every string in it. */
static const char *string_at(uint32_t offset)
{
	return offset < list.size ? list.bytes + offset : "";
}

/* Of "f" and "f.isra.0": both are f, for the list. */
static int compare_name(const char *listed, const char *symbol, size_t len)
{
	int order = strncmp(listed, symbol, len);

	return order ? order : listed[len] != '\0';
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* A symbol that does not say where it is from may be from anywhere. */
static bool is_from(const struct symbol *symbol, const char *file)
{
	return !file[0] || !symbol->file || strcmp(base_name(symbol->file), file) == 0;
}

uint32_t roots_find(const struct symbol *symbol, uint32_t *kind)
{
	size_t len = strcspn(symbol->name, ".");
	uint32_t low = 0, high = list.nfunctions;

	/* What is left of a function that was split does not begin where it does. */
	if (!len || strstr(symbol->name + len, ".cold"))
		return 0;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (compare_name(string_at(list.functions[middle].name), symbol->name,
			    len) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < list.nfunctions; low++) {
		const struct roots_function *function = &list.functions[low];

		if (compare_name(string_at(function->name), symbol->name, len) != 0)
			return 0;
		if (is_from(symbol, string_at(function->file))) {
			*kind = function->kind;
			return low + 1;
		}
	}
	return 0;
}

static bool is_taken(const struct roots_word *word, enum roots_way way, const char *typed,
	size_t len)
{
	const char *text = string_at(word->text);
	bool is_whole_word = strnlen(text, len + 1) == len;

	if (!(word->ways & way))
		return false;
	if (way == ROOTS_ANY_CASE)
		return is_whole_word && strncasecmp(text, typed, len) == 0;
	return (is_whole_word || way == ROOTS_BEGINNING) &&
	       strncmp(text, typed, len) == 0;
}

bool roots_match_word(const char *typed, size_t len, struct roots_match *out)
{
	static const enum roots_way ways[] = {
		ROOTS_EXACT, ROOTS_ANY_CASE, ROOTS_BEGINNING};

	for (size_t i = 0; len && i < sizeof(ways) / sizeof(ways[0]); i++) {
		for (uint32_t k = 0; k < list.nwords; k++) {
			if (!is_taken(&list.words[k], ways[i], typed, len))
				continue;
			*out = (struct roots_match){string_at(list.words[k].text), len};
			return true;
		}
	}
	return false;
}
