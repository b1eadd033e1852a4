/*
 * What a process of a build says of itself, as it stands in the file that all of them
 * append to: a header, the list of response files, then strings, each with its NUL: the
 * working directory, the path that was executed ("" unknown), the words of the command
 * line; then the content of the response files, in order, and RECORD_END. Native byte
 * order.
 */
#ifndef PCARCH_TRACER_RECORDER_RECORD_H
#define PCARCH_TRACER_RECORDER_RECORD_H

#include <stdint.h>

/* Names the file; empty below a compiler, so that its own children are not recorded. */
#define RECORD_VARIABLE "PCARCH_RECORD"

/*
 * "edges:/usr/lib": how compilers are to make their programs traceable (edges, indirect
 * or portable), and where the runtime is; empty or unset: not at all.
 */
#define RECORD_INSTRUMENT "PCARCH_INSTRUMENT"

/*
 * Not UTF-8, and in no command line: where they are found, a record starts, or ends. The
 * one's first byte is not the other's last: it must not end a record that lacks a byte.
 */
#define RECORD_MAGIC UINT64_C(0xfe01c6f2e3e1f0ff)
#define RECORD_END UINT64_C(0x0ef0e1e3f2c610fd)

enum {
	RECORD_MAX_RESPONSES = 8,
	RECORD_MAX_RESPONSE_BYTES = 16 << 20,
};

struct record_header {
	uint64_t magic;
	uint64_t size; /* of all the record, in bytes */
	uint32_t nwords, nresponses;
};

/* "@file" on the command line: such files are often gone when the build is over. */
struct record_response {
	uint32_t word; /* its index on the command line */
	uint32_t size; /* of the content, in bytes */
};

#endif
