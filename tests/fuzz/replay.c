/* Stands in for libFuzzer's main: feeds each file named, and nothing, to the fuzz target.
 */
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"

#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* A copy of exact size on the heap, so that the sanitizers see a read past its end. */
static void replay(const char *bytes, size_t size)
{
	uint8_t *copy = xmalloc(size ? size : 1);

	if (size)
		memcpy(copy, bytes, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

int main(int argc, char **argv)
{
	replay("", 0);
	for (int i = 1; i < argc; i++) {
		scoped_map map = {0};
		struct error err;

		if (!file_map(argv[i], &map, &err)) {
			error_print(&err, "fuzz");
			return 1;
		}
		replay(map.bytes, map.size);
	}
	printf("%d inputs survived\n", argc);
	return 0;
}
