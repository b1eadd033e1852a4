#include "analyzer/workers/extractor.h"

#include "core/error.h"
#include "core/module_path.h"

#include <dlfcn.h>

static const char module_name[] = "libpcarch-clang.so";

void extract_output_release(struct extract_output *out)
{
	text_release(&out->facts);
	text_release(&out->paths);
	*out = (struct extract_output){0};
}

bool extractor_find(struct text *path)
{
	return module_path(module_name, path);
}

const struct extractor *extractor_load(struct error *err)
{
	static const struct extractor *extractor;
	scoped_text path = {0};
	bool is_found;
	void *module;

	if (extractor)
		return extractor;
	is_found = extractor_find(&path);
	module = is_found ? dlopen(path.bytes, RTLD_NOW) : NULL;
	extractor = module ? dlsym(module, "pcarch_extractor") : NULL;
	if (!extractor)
		error_set(err, (struct location){0},
			"cannot load %s, which reads C with libclang: %s%s; install libclang "
			"(libclang1-19) and pcarch together",
			module_name, is_found ? "" : "not found at ",
			is_found ? dlerror() : text_string(&path));
	return extractor;
}
