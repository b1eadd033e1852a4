#include "core/schema_texts.h"

#include <string.h>

const struct schema_text *schema_text_of(const char *kind)
{
	for (const struct schema_text *text = schema_texts; text->kind; text++) {
		if (strcmp(text->kind, kind) == 0)
			return text;
	}
	return NULL;
}
