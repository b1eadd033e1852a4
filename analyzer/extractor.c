#include "analyzer/extractor.h"

#include "core/error.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char module_name[] = "libpcarch-clang.so";

void extract_output_release(struct extract_output *out)
{
	text_release(&out->facts);
	text_release(&out->paths);
	*out = (struct extract_output){0};
}

/* Beside the program in a build tree, below the same prefix once installed. */
bool extractor_find(struct text *path)
{
	static const char *const places[] = {
		"/", "/../" PCARCH_LIBDIR "/pcarch/", "/../lib/pcarch/"};
	char program[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", program, sizeof(program) - 1);
	scoped_text tried = {0};
	char *slash;

	program[len > 0 ? len : 0] = '\0';
	slash = strrchr(program, '/');
	if (slash)
		*slash = '\0';
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		text_clear(path);
		text_printf(path, "%s%s%s", program, places[i], module_name);
		if (access(path->bytes, R_OK) == 0)
			return true;
		text_printf(&tried, "%s'%s'", i ? ", " : "not found at ", path->bytes);
	}
	text_clear(path);
	text_add(path, tried.bytes);
	return false;
}

const struct extractor *extractor_load(struct error *err)
{
	static const struct extractor *extractor;
	scoped_text path = {0};
	const char *problem = NULL;
	void *module;

	if (extractor)
		return extractor;
	if (extractor_find(&path)) {
		module = dlopen(path.bytes, RTLD_NOW);
		extractor = module ? dlsym(module, "pcarch_extractor") : NULL;
		problem = extractor ? NULL : dlerror();
	}
	if (!extractor)
		error_set(err, (struct location){0},
			"cannot load %s, which reads C with libclang: %s; install libclang "
			"(libclang1-19) and pcarch together",
			module_name, problem ? problem : text_string(&path));
	return extractor;
}
