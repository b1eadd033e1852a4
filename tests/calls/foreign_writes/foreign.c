/* foreign: libforeign.so */
#include "foreign.h"

#include <string.h>

static function kept;

void foreign_keep(function f)
{
	kept = f;
}

void foreign_patch(struct outer *outer)
{
	outer->ops->run = kept;
}

void foreign_fill(void *object, const char *type)
{
	if (!strcmp(type, "by_name"))
		((struct by_name *)object)->run = kept;
}

size_t foreign_read(void *buffer, size_t size)
{
	memcpy(buffer, &kept, size);
	return size;
}

struct by_value foreign_make(void)
{
	return (struct by_value){kept};
}

int foreign_each(int (*visit)(int, void *), void *data)
{
	return visit(0, data);
}
