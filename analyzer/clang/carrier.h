/* Which types can hold a function's address, and in which way. */
#ifndef PCARCH_ANALYZER_CLANG_CARRIER_H
#define PCARCH_ANALYZER_CLANG_CARRIER_H

#include <clang-c/Index.h>
#include <stdbool.h>

enum carrier {
	CARRIER_NONE,
	CARRIER_FUNCTION, /* a function or a pointer to one */
	CARRIER_TEXT, /* char *: the address of bytes, which may be those of an address */
	CARRIER_RAW, /* void *: the address of anything; a va_list */
	CARRIER_CELL, /* a pointer to such a pointer, or an array of them */
	CARRIER_INTEGER, /* no type: an address cast to an integer */
};

enum carrier carrier_of(CXType type);

bool carrier_is_array(CXType type);

/*
 * The struct or union that `type` is, or points to, over one pointer or two: its
 * declaration; else the null cursor.
 */
CXCursor carrier_record(CXType type);

#endif
