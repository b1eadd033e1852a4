#include "workers/processor.h"

#include "core/failure.h"

#include <ctype.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

enum {
	MAX_PROCESSORS = 16
};

static bool to_upper(const char *text, char *out, size_t size)
{
	size_t len = strlen(text);

	if (len >= size)
		return false;
	for (size_t i = 0; i <= len; i++)
		out[i] = (char)toupper((unsigned char)text[i]);
	return true;
}

static bool count_words(const char *text, char *out, size_t size)
{
	size_t nwords = 0;
	bool is_inside = false;

	for (; *text; text++) {
		bool is_word = !isspace((unsigned char)*text);

		nwords += is_word && !is_inside;
		is_inside = is_word;
	}
	return snprintf(out, size, "%zu", nwords) < (int)size;
}

static struct processor processors[MAX_PROCESSORS] = {
	{"upper", to_upper},
	{"words", count_words},
};
static size_t nprocessors = 2;

const struct processor *processor_find(const char *kind)
{
	for (size_t i = 0; i < nprocessors; i++) {
		if (strcmp(processors[i].kind, kind) == 0)
			return &processors[i];
	}
	return NULL;
}

bool processor_add(struct processor processor)
{
	if (nprocessors == MAX_PROCESSORS)
		return false;
	processors[nprocessors++] = processor;
	return true;
}

bool processor_load(const char *path, struct failure *why)
{
	void *object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	const struct processor *processor;

	if (!object)
		return failure_set(why, "cannot load '%.100s': %.100s", path, dlerror());
	processor = dlsym(object, "polycall_processor");
	if (!processor || !processor_add(*processor)) {
		dlclose(object);
		return failure_set(why, "'%.100s' brings no processor", path);
	}
	return true; /* stays loaded: its function is in the table now */
}
