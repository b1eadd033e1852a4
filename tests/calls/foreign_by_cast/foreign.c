/* foreign: libforeign.so */
#include "foreign.h"

#include <string.h>

static function kept;

void foreign_keep(function f)
{
	kept = f;
}

void foreign_fill(void *object)
{
	*(function *)object = kept;
}

void foreign_fill_bytes(char *bytes)
{
	memcpy(bytes, &kept, sizeof(kept));
}
