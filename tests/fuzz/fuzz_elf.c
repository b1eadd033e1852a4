/* Programs and shared objects from a stranger: read whole, or refused with a sentence. */
#include "analyzer/binary/binary.h"
#include "core/arena.h"
#include "core/error.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every answer about every name must be one. */
static void ask(const struct binary *binary)
{
	for (size_t i = 0; i < binary->nsymbols; i++) {
		const char *name = binary->symbols[i].name;
		const struct binary_function *fn = binary_definition(binary, name);

		if (fn && fn->unit >= binary->nunits)
			abort();
		if (!binary_mentions(binary, name))
			abort();
		if (binary->symbols[i].is_exported && !binary_exports(binary, name))
			abort();
	}
	for (uint32_t i = 0; i < binary->nunits; i++)
		if (binary->units[i].path[0] == '/' &&
			!binary_has_unit(binary, binary->units[i].path))
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	struct binary binary;
	struct error err = {0};
	char path[64];
	int fd = memfd_create("elf", MFD_CLOEXEC);

	if (fd < 0)
		return 0;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (write(fd, data, size) == (ssize_t)size) {
		if (binary_read(&arena, path, &binary, &err))
			ask(&binary);
		else if (!err.text[0])
			abort();
	}
	close(fd);
	arena_release(&arena);
	return 0;
}
