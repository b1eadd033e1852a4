/* libclang's strings, released by their scope. */
#ifndef PCARCH_ANALYZER_CLANG_STRING_H
#define PCARCH_ANALYZER_CLANG_STRING_H

#include <clang-c/Index.h>

static inline void cxstring_release(CXString *string)
{
	clang_disposeString(*string);
}

#define scoped_cxstring __attribute__((cleanup(cxstring_release))) CXString

#endif
