/*
 * A recording: what one image of a traced process (until it ends or calls exec) keeps in
 * a file that is mapped shared, so that nothing counted is lost when the process is
 * killed. Written by tracer/runtime, read by the tracer; header only, for the runtime
 * knows nothing else of the tool.
 *
 * Native byte order; every field is 64 bits wide. Readers must not trust any of it: a
 * section may lie outside the file, a count may exceed its room, a string its section.
 *
 * The file is named PROCESS-PID-GENERATION.pcrec: the process's start in clock ticks
 * since boot (hexadecimal), its pid, and the number of images that it had before (0:
 * none; one more for each exec). Names never repeat within a directory.
 */
#ifndef PCARCH_CORE_RECORD_H
#define PCARCH_CORE_RECORD_H

#include <stdbool.h>
#include <stdint.h>

/* Reads 52 43 45 52 41 43 50 00 in a little-endian file ("RCERACP", then NUL). */
#define RECORDING_MAGIC UINT64_C(0x0050434152454352)
#define RECORDING_VERSION UINT64_C(4)
#define RECORDING_SUFFIX ".pcrec"

/*
 * The environment of a traced process. RECORDING_MODE: "edges", "spans"; unset, empty,
 * "0" or "off": not traced. Without an absolute RECORDING_DIRECTORY nothing is traced,
 * either.
 */
#define RECORDING_MODE "PCARCH_TRACE"
#define RECORDING_DIRECTORY "PCARCH_TRACE_DIR"
/* Of a file, in MiB, 1 to 1024; default 16. Allocated when the process starts. */
#define RECORDING_MAX_MB "PCARCH_TRACE_MAX_MB"
/*
 * Patterns as for fnmatch, separated by commas: "ssl_*" a function, "/usr/lib/x.so*"
 * (with a slash) an object; "!" in front excludes. The last one that matches decides;
 * what none matches is traced when the first pattern excludes. Only patchable entries are
 * filtered.
 */
#define RECORDING_FILTER "PCARCH_TRACE_FILTER"
/*
 * Functions at which a trace starts (spans), patterns as above, without "/" and "!";
 * besides those that a file in the directory lists (core/record_roots.h).
 */
#define RECORDING_ROOTS "PCARCH_TRACE_ROOTS"
/*
 * A file in the directory, struct recording_ticks, that 'pcarch trace' counts in: where
 * it is, times are recorded.
 */
#define RECORDING_TICKS "ticks"
/* The share of traces that is kept (spans), as "0.01". */
#define RECORDING_SAMPLE "PCARCH_TRACE_SAMPLE"

/* `room` elements lie at byte `offset`, of which the first `count` are used. */
struct recording_section {
	uint64_t offset, room, count;
};

/* In the strings section, `offset` from the start of the file; a NUL behind it is not in
 * `size`. */
struct recording_string {
	uint64_t offset, size;
};

enum recording_mode {
	RECORDING_EDGES = 1,
	RECORDING_SPANS = 2, /* and edges */
};

enum recording_state { /* bits */
	RECORDING_READY = 1, /* without it the header is not complete: ignore the file */
	RECORDING_EXITED = 2, /* it came to exit() or the end of main; calls may follow */
	RECORDING_FORKED = 4, /* from the process whose recording `parent` is */
	/* How the objects in it had been compiled; none: no call of theirs was seen. */
	RECORDING_PATCHABLE = 16,
	RECORDING_PORTABLE = 32,
	RECORDING_INDIRECT = 64,
};

/* What is not in the recording, in the unit of the comment. */
enum recording_drop {
	RECORDING_DROP_EDGE_OVERFLOW, /* calls: all tables are full */
	RECORDING_DROP_OBJECT_OVERFLOW, /* objects without an entry */
	RECORDING_DROP_UNPATCHED, /* functions whose entry could not be patched */
	RECORDING_DROP_FILTERED, /* functions that the filter excludes */
	RECORDING_DROP_CHILD, /* forked processes that could not open a recording */
	RECORDING_DROP_SPAN_LIMIT, /* spans: the trace is full */
	RECORDING_DROP_DEPTH_LIMIT, /* spans: nested too deep */
	RECORDING_DROP_TRACE_EVICTED, /* traces whose place a later one took */
	RECORDING_DROP_TRACE_LIMIT, /* traces: every place had an open one */
	RECORDING_DROP_SAMPLED, /* traces that sampling left out */
	RECORDING_DROP_ROOT_LIMIT, /* functions at which no trace starts: too many */
	RECORDING_DROP_TICK_OVERFLOW, /* times that found no room */
	RECORDING_NDROPS,
	RECORDING_DROPS_ROOM = 24, /* later ones find place without a new version */
};

enum {
	RECORDING_WORDS = 16,
	RECORDING_TICK_NS = 1000000,
};

struct recording_ticks {
	uint32_t count; /* of RECORDING_TICK_NS, and never 0; stops when nobody counts */
	uint32_t reserved[15];
};

struct recording_header {
	uint64_t magic, version;
	uint64_t header_size; /* in bytes, this struct */
	uint64_t file_size; /* in bytes, as allocated; cut to what is used at exit */
	uint64_t id[2], parent[2]; /* random; zeros: none */
	uint64_t pid, ppid;
	uint64_t process_ticks; /* its start since boot; the same for all of its images */
	uint64_t generation; /* images that the process had before this one */
	uint64_t start_wall_ns; /* CLOCK_REALTIME */
	uint64_t start_ns, end_ns; /* CLOCK_MONOTONIC, as all times; end 0: unknown */
	uint64_t mode; /* enum recording_mode */
	uint64_t state; /* enum recording_state */
	struct recording_string program; /* path */
	/*
	 * Call sites in libc, learned: an edge from there is a thread's start routine, or
	 * a handler of atexit() (two places, the second for libraries). 0: none was seen.
	 * See also struct recording_object.
	 */
	uint64_t thread_site, exit_site, finalize_site;
	uint64_t drops[RECORDING_DROPS_ROOM]; /* by enum recording_drop */
	struct recording_section objects; /* struct recording_object */
	struct recording_section strings; /* bytes */
	struct recording_section tables; /* struct recording_table */
	struct recording_section traces; /* struct recording_trace; room 0: no spans */
	struct recording_section heap; /* bytes: the edges of the tables */
	/* Of the command line, the words of commands, and no others. */
	uint64_t has_words; /* 1: they were looked for */
	uint64_t nwords;
	struct recording_string words[RECORDING_WORDS];
	/* Of a process that was forked, where in its parent: a trace's number there (0:
	 * in none), and the index of a span in it. */
	uint64_t fork_trace, fork_span;
	/*
	 * Struct recording_edge, of which `count` is the ticks that passed between a call
	 * by this edge and the next recorded one of its thread; hashed, so all are to be
	 * read. tick_ns 0: they were not recorded.
	 */
	struct recording_section times;
	uint64_t tick_ns;
	/* Each is kept in `traces`, or counted in drops: evicted, at the limit, sampled.
	 */
	uint64_t traces_started;
};

enum { /* size of a build id that is kept; longer ones are cut */
	RECORDING_BUILD_ID_SIZE = 32,
};

enum recording_object_flag { /* bits */
	RECORDING_OBJECT_REGISTERED = 1, /* instrumented; otherwise calls came from it */
	RECORDING_OBJECT_READ_ONLY = 2, /* its text could not be patched */
	RECORDING_OBJECT_MAIN = 4, /* the program itself */
	RECORDING_OBJECT_RETIRED = 8, /* closed, and others were mapped in its place */
};

/*
 * A file that is, or was, mapped: addresses of edges are in the process's memory, and
 * `address - base` is the one in the file. One that was closed and opened again at the
 * same place is the same entry; at another place it is another one. Not there while `end`
 * is 0.
 */
struct recording_object {
	struct recording_string path; /* as the dynamic linker knows it */
	uint64_t build_id_size;
	uint8_t build_id[RECORDING_BUILD_ID_SIZE];
	uint64_t base; /* difference of addresses in memory and in the file */
	uint64_t start, end; /* where it is mapped */
	uint64_t text, text_end; /* what of that is code */
	uint64_t entries, nentries; /* address and length of its patchable entries */
	uint64_t main; /* address of main(), when it is defined here; otherwise 0 */
	/*
	 * Call sites, in libc or the dynamic linker, from which its constructors and
	 * destructors are called. 0: did not happen.
	 */
	uint64_t init_site, fini_site;
	uint64_t flags; /* enum recording_object_flag */
	uint64_t opened_ns, closed_ns; /* of the last time; closed 0: still open */
};

enum { /* an object's index: memory that belongs to no file, or no entry was left */
	RECORDING_NO_OBJECT = 4095,
};

enum recording_edge_flag { /* bits */
	RECORDING_EDGE_SIGNAL = 1, /* the kernel called a signal handler: no call site */
	/*
	 * Portable mode: `callee` is the address behind the call of the entry hook, in
	 * the body of the function. Where the innermost frame at callee - 1 is an inlined
	 * one, that function was entered from the frame around it, and `site` means
	 * nothing.
	 */
	RECORDING_EDGE_BODY = 2,
	/* From an indirect call: `callee` is a function's first address, unless JUMP. */
	RECORDING_EDGE_INDIRECT = 4,
	/* A computed goto, not a call: `site` means nothing. */
	RECORDING_EDGE_JUMP = 8,
};

/* Set in the site of an edge whose object is retired; not a part of the address. */
#define RECORDING_SITE_RETIRED (UINT64_C(1) << 63)

/*
 * Calls of a function from one place. The same edge may stand in several tables, and
 * several times in one: the counts add up. Unused where site or callee is 0.
 */
struct recording_edge {
	uint64_t site; /* return address: one behind the call instruction */
	uint64_t callee; /* an address behind its entry, among its first bytes */
	uint64_t count;
	uint64_t info; /* recording_info_*() */
};

static inline uint64_t recording_info(unsigned site_object, unsigned callee_object,
	unsigned flags, uint32_t first_ms)
{
	return (uint64_t)(site_object & 4095) | (uint64_t)(callee_object & 4095) << 12 |
	       (uint64_t)(flags & 255) << 24 | (uint64_t)first_ms << 32;
}

/* Index of the object that `site` is in, or RECORDING_NO_OBJECT. */
static inline unsigned recording_info_site_object(uint64_t info)
{
	return info & 4095;
}

static inline unsigned recording_info_callee_object(uint64_t info)
{
	return info >> 12 & 4095;
}

/* enum recording_edge_flag */
static inline unsigned recording_info_flags(uint64_t info)
{
	return info >> 24 & 255;
}

/* When it was first seen, in milliseconds after `start_ns` of the header. */
static inline uint32_t recording_info_first_ms(uint64_t info)
{
	return (uint32_t)(info >> 32);
}

enum {
	RECORDING_TABLE_TAIL = 32, /* more edges, for what does not fit at the end */
};

/*
 * A table of edges. It belongs to one thread at a time (the first one to all, when others
 * are full), and later threads go on with the tables of earlier ones. It moves when it
 * grows: `place` is one word so that no edge is there twice when the process is killed.
 */
struct recording_table {
	uint64_t place; /* recording_table_*(); 0: none yet */
	uint64_t owner; /* number of the thread that has it, from 1; 0: none */
	uint64_t nedges; /* roughly; unused in the first table */
	uint64_t arranged; /* the runtime's: nedges when they were last put in order */
};

/* Of its edges, in the file: a multiple of 64. */
static inline uint64_t recording_table_offset(uint64_t place)
{
	return place & ~UINT64_C(63);
}

/* All of them are to be read: they are hashed. May not fit in the file. */
static inline uint64_t recording_table_nedges(uint64_t place)
{
	return place ? (UINT64_C(1) << (place & 63)) + RECORDING_TABLE_TAIL : 0;
}

enum {
	RECORDING_TRACE_SPANS = 50,
	RECORDING_TRACE_RESERVED = 8, /* of the spans: for handlers of commands */
	RECORDING_TRACE_DEPTH = 50,
	RECORDING_NO_PARENT = 255,
};

enum recording_span_flag { /* bits */
	/*
	 * It ended between last_ns and end_ns; without the bit, at end_ns. Patched
	 * entries know no exits: what is seen is that its frame is gone.
	 */
	RECORDING_SPAN_BOUNDS = 1,
};

/* One execution of a function. */
struct recording_span {
	uint64_t callee, site;
	uint64_t info; /* as of an edge */
	uint64_t start_ns;
	uint64_t last_ns; /* of the last call seen inside it */
	uint64_t end_ns; /* 0: not seen to end */
	uint64_t parent; /* index in the trace, before this one, or RECORDING_NO_PARENT */
	uint64_t flags; /* enum recording_span_flag */
};

enum recording_trace_state {
	RECORDING_TRACE_FREE,
	RECORDING_TRACE_OPEN,
	RECORDING_TRACE_DONE,
};

enum recording_trace_flag { /* bits */
	RECORDING_TRACE_FIRST = 1, /* of its root in this process: it goes last */
	RECORDING_TRACE_SEVERAL = 2, /* executions, one after the other: none is told */
};

enum {
	RECORDING_GUID_SIZE = 32,
	RECORDING_NONCE_SIZE = 16, /* at its beginning: the same for all states */
};

/* What the program says it is executing (tracer/pcarch_trace.h). */
struct recording_execution {
	uint8_t guid[RECORDING_GUID_SIZE]; /* zeros: nothing */
	uint8_t trace_id[16];
};

/* What one thread did below one call of a root; spans[0] is that call. */
struct recording_trace {
	uint64_t number; /* of the trace in this process, from 1 */
	uint64_t state; /* enum recording_trace_state */
	uint64_t thread; /* as the owner of a table */
	uint64_t nspans; /* used, at most RECORDING_TRACE_SPANS */
	uint64_t ndropped; /* spans of this trace, by any limit */
	uint64_t parent_trace; /* number of the one that it is nested in, or 0 */
	uint64_t parent_span; /* index there, or RECORDING_NO_PARENT */
	uint64_t flags; /* enum recording_trace_flag */
	struct recording_execution execution;
	uint64_t told_ns; /* when it was first told: what waits begins before it */
	struct recording_span spans[RECORDING_TRACE_SPANS];
};

#endif
