/* Opens two libraries by turns, a hundred times: they come to the same place, or others.
 */
#include "work.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

keep static void back(void)
{
	effect();
}

keep static void use(const char *path)
{
	void *library = dlopen(path, RTLD_NOW);
	void (*work)(void (*)(void));

	if (!library) {
		fprintf(stderr, "%s\n", dlerror());
		exit(1);
	}
	work = (void (*)(void (*)(void)))dlsym(library, "work");
	work(back);
	dlclose(library);
}

/* With "move", something is mapped each time, and the next library comes elsewhere. */
int main(int argc, char **argv)
{
	for (int i = 0; i < 100; i++) {
		use(argv[1 + i % 2]);
		if (argc > 3 && strcmp(argv[3], "move") == 0)
			mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	}
	return 0;
}
