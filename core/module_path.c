#include "core/module_path.h"

#include "core/text.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

bool module_path(const char *name, struct text *path)
{
	static const char *const places[] = {"/", "/../lib/pcarch/", "/../lib/"};
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
		text_printf(path, "%s%s%s", program, places[i], name);
		if (access(path->bytes, R_OK) == 0)
			return true;
		text_printf(&tried, "%s'%s'", i ? ", " : "", path->bytes);
	}
	text_clear(path);
	text_add(path, tried.bytes);
	return false;
}
