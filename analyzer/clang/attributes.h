/*
 * Attributes, which libclang does not show: read from the declaration as clang prints it,
 * because the tokens of one that stands in a macro are those of the macro.
 */
#ifndef PCARCH_ANALYZER_CLANG_ATTRIBUTES_H
#define PCARCH_ANALYZER_CLANG_ATTRIBUTES_H

#include "analyzer/facts/attribute_text.h"

#include <clang-c/Index.h>

void attributes_read(CXCursor declaration, struct attributes *out);

#endif
