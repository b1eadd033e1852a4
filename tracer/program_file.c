#include "tracer/program_file.h"

#include "core/text.h"
#include "tracer/object_code.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What each instrumented object asks of the runtime. */
static const char attach[] = "pcarch_attach_object";

/* The first file of that name in PATH that can be run; "" when there is none. */
static void find(const char *name, struct text *path)
{
	const char *at = getenv("PATH");

	text_clear(path);
	if (strchr(name, '/')) {
		text_add(path, name);
		return;
	}
	for (at = at ? at : "/bin:/usr/bin"; *at; at += *at == ':') {
		size_t len = strcspn(at, ":");

		text_clear(path);
		text_add_bytes(path, at, len);
		text_printf(path, "%s%s", len ? "/" : "", name);
		if (access(path->bytes, X_OK) == 0)
			return;
		at += len;
	}
	text_clear(path);
}

bool program_file_is_bare(const char *name)
{
	struct object_code code = {0};
	scoped_text path = {0};
	bool is_bare;

	find(name, &path);
	if (!path.len || !object_code_open(&code, path.bytes))
		return false;
	is_bare = code.nimported > 0;
	for (size_t i = 0; i < code.nimported && is_bare; i++)
		is_bare = strcmp(code.imported[i], attach) != 0;
	object_code_release(&code);
	return is_bare;
}
