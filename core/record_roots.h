/*
 * The file ROOTS_FILE in the directory of a run: the functions at which traces start, and
 * the words of commands. Written by 'pcarch trace', read by tracer/runtime, which does
 * not trust it; header only, for the runtime knows nothing else of the tool.
 *
 * Native byte order: struct roots_header, the functions sorted by name and file, the
 * words sorted, then strings, of which the last one ends the file with its NUL.
 */
#ifndef PCARCH_CORE_RECORD_ROOTS_H
#define PCARCH_CORE_RECORD_ROOTS_H

#include <stdint.h>

#define ROOTS_FILE "roots"
#define ROOTS_MAGIC UINT64_C(0x0031544f4f524350) /* "PCROOT1", then NUL */

enum {
	ROOTS_MAX_BYTES = 64 << 20,
	ROOTS_MAX_WORD = 255, /* bytes: longer ones are not there */
};

struct roots_header {
	uint64_t magic;
	uint32_t nfunctions, nwords;
};

enum roots_kind { /* bits */
	ROOTS_ENTRY = 1, /* an entry point */
	ROOTS_HANDLER = 2, /* the handler of a command */
};

struct roots_function {
	uint32_t name; /* offset of the string in the file */
	uint32_t file; /* of its source, without the directory; "" any */
	uint32_t kind; /* enum roots_kind */
	uint32_t reserved;
};

enum roots_way { /* bits: how programs compare what is typed with a word */
	ROOTS_EXACT = 1,
	ROOTS_ANY_CASE = 2,
	ROOTS_BEGINNING = 4, /* of the word */
};

struct roots_word {
	uint32_t text; /* as the name of a function */
	uint32_t ways; /* enum roots_way */
};

#endif
