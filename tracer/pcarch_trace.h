/*
 * What a program says of itself: which command runs, which way it takes, what fails, whom
 * it calls. For C11 and C++17.
 *
 * PCARCH_BRANCH needs nothing to be linked: without a library, it costs one comparison.
 * All else is in libpcarch-telemetry (pkg-config pcarch-telemetry), which writes only
 * when the environment says so: PCARCH_LOG=DIRECTORY. docs/telemetry.md is the guide, and
 * docs/telemetry-log.md has what is written, byte by byte.
 *
 * Rules of all functions: none fails the program, prints, or changes errno or a signal;
 * what cannot be written is counted, and told when it can be. They may be called from any
 * thread; an execution, its spans and calls belong to one thread at a time. From signal
 * handlers only pcarch_event() may be called, and not before all others; what is told
 * while the handler's thread is inside of one is dropped and counted. Strings are
 * borrowed for the call, unless it is said that they stay. Arguments that are literals
 * must be: they become part of GUIDs and names, where no user's text may be.
 */
#ifndef PCARCH_TRACE_H
#define PCARCH_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
#include <initializer_list>
#endif

#define PCARCH_API __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

/* Called with "point=choice", by the macro alone: `pcarch scan` reads its argument. */
PCARCH_API void pcarch_branch(const char *taken) __attribute__((weak));

/*
 * The command's way parts at `point`, and goes on by `choice`. Both are string literals;
 * anything else does not compile, so that no user's text becomes a part of a route.
 */
#define PCARCH_BRANCH(point, choice) \
	(pcarch_branch ? pcarch_branch("" point "=" choice "") : (void)0)

/* ---- What happens inside an execution is told by fields: a key, and a value. ---- */

enum pcarch_level {
	PCARCH_LEVEL_TRACE,
	PCARCH_LEVEL_DEBUG,
	PCARCH_LEVEL_INFO,
	PCARCH_LEVEL_WARN,
	PCARCH_LEVEL_ERROR,
	PCARCH_LEVEL_FATAL,
};

enum pcarch_kind {
	PCARCH_KIND_TEXT,
	PCARCH_KIND_NUMBER,
	PCARCH_KIND_FLAG,
};

/*
 * Redacted before it is kept anywhere: a key that is not allowed loses its value (and
 * keeps its name), and so does one that sounds like a secret, and a value that looks like
 * one.
 */
struct pcarch_field {
	const char *key; /* a constant of [A-Za-z0-9_.-]{1,64} */
	enum pcarch_kind kind;
	const char *text; /* NULL: as "" */
	long long number; /* a flag's too */
};

struct pcarch_fields {
	const struct pcarch_field *at;
	size_t count;
};

static inline struct pcarch_field pcarch_text(const char *key, const char *text)
{
	struct pcarch_field field = {key, PCARCH_KIND_TEXT, text, 0};

	return field;
}

static inline struct pcarch_field pcarch_number(const char *key, long long number)
{
	struct pcarch_field field = {key, PCARCH_KIND_NUMBER, NULL, number};

	return field;
}

static inline struct pcarch_field pcarch_flag(const char *key, bool is_set)
{
	struct pcarch_field field = {key, PCARCH_KIND_FLAG, NULL, is_set};

	return field;
}

/* PCARCH_FIELDS(pcarch_text("queue", name), pcarch_number("attempt", 2)) */
#ifdef __cplusplus
#define PCARCH_FIELDS(...) (pcarch_fields_of({__VA_ARGS__}))
#define PCARCH_NO_FIELDS (pcarch_fields{NULL, 0})
#else
#define PCARCH_FIELDS(...)                                                  \
	((struct pcarch_fields){(const struct pcarch_field[]){__VA_ARGS__}, \
		sizeof((const struct pcarch_field[]){__VA_ARGS__}) /        \
			sizeof(struct pcarch_field)})
#define PCARCH_NO_FIELDS ((struct pcarch_fields){NULL, 0})
#endif

/* One more key whose values may be kept, unless it sounds like a secret. A literal. */
#define pcarch_allow_key(key) pcarch_allow_key_literal("" key "")
PCARCH_API void pcarch_allow_key_literal(const char *key);

/* ---- Executions: one run of a command, one line of a prompt, one request, one message.
 * ---- */

struct pcarch_execution;

/* A value of a header; any bytes, not NUL-terminated. */
struct pcarch_value {
	const char *text;
	size_t length;
};

/*
 * Headers of a request or response, the headers table of an AMQP message, … Names are in
 * lower case; HTTP's are to be compared without case.
 */
struct pcarch_carrier {
	void *data; /* of the callbacks */
	/* Fill `values` with those of that name, in order, at most `room`; how many there
	 * are. They stay valid until the call that reads them returns. */
	size_t (*get)(void *data, const char *name, struct pcarch_value *values,
		size_t room);
	/* Replace all values of that name; false: it cannot be done. */
	bool (*set)(void *data, const char *name, const char *value, size_t length);
};

/* The span that sent something. */
struct pcarch_link {
	char trace_id[33], span_id[17]; /* hex; empty: nothing came in */
};

/* What becomes of a context that comes in. */
enum pcarch_policy {
	PCARCH_CONTINUE, /* the same trace goes on */
	PCARCH_LINK, /* a new trace, with a link to what came in */
	PCARCH_RESTART, /* a new trace that says nothing of it: a border of trust */
};

/* All members may be zero. */
struct pcarch_start {
	const char *program; /* a constant: the first token; NULL: the program's name */
	const char *channel; /* a constant: "cli" (NULL), "repl", "http", "amqp", … */
	int argc; /* of main: kept without operands and values */
	char *const *argv;
	/* Who runs it, when they agreed to it: kept as a keyed hash alone. */
	const char *realm, *user;
	/* Where a context may come in. NULL: the environment of the process. */
	const struct pcarch_carrier *carrier;
	enum pcarch_policy policy;
	/* Messages that this execution consumes as a batch. */
	const struct pcarch_link *links;
	size_t nlinks;
	unsigned slow_ms; /* operation.slow from here on; 0: PCARCH_SLOW_MS, 500 */
};

/*
 * Begin an execution; it is the thread's current one until pcarch_end(), then the one
 * before is again. NULL when there is no memory: all functions take that.
 */
PCARCH_API struct pcarch_execution *pcarch_begin(const struct pcarch_start *start);

/*
 * It ends with that status: 0 is success. One that failed without an event gets
 * error.unreported. Events: command.end. Frees `execution`.
 */
PCARCH_API void pcarch_end(struct pcarch_execution *execution, int status);

/*
 * The user of `execution` is now known: it ends, and a new one with the same steps
 * begins, linked to it. What is returned takes its place.
 */
PCARCH_API struct pcarch_execution *pcarch_login(struct pcarch_execution *execution,
	const char *realm, const char *user);

/* Make `execution` (NULL: none) this thread's current one; the one that was. */
PCARCH_API struct pcarch_execution *pcarch_adopt(struct pcarch_execution *execution);

enum {
	PCARCH_GUID_SIZE = 65, /* 64 hex digits and a NUL */
};

/*
 * The GUID of this thread's execution, or of the process when it has none. A label that
 * may be shown and sent, never a credential.
 */
PCARCH_API void pcarch_current_guid(char guid[PCARCH_GUID_SIZE]);

/* ---- The way that an execution takes. ---- */

enum pcarch_step_kind {
	PCARCH_STEP_COMMAND = 2, /* a word of a command */
	PCARCH_STEP_UNRESOLVED = 6, /* no command was found */
};

/* A step by a literal of at most 255 bytes. Does not allocate, lock or write. */
#define pcarch_step(kind, label) pcarch_step_literal(kind, "" label "")
PCARCH_API void pcarch_step_literal(enum pcarch_step_kind kind, const char *label);

/*
 * The step of a dispatcher of the program's own: `name` is that of the row that was
 * found, not what was typed. It has to be constant data of the program: anything else
 * becomes the step "unresolved".
 */
PCARCH_API void pcarch_command(const char *name);

/* The command is known: the GUID as it is now is what is sent. Event: command.start.
 * Without this, it happens at the first event, branch or request. */
PCARCH_API void pcarch_routed(void);

/* A row of a command table; one without a name ends it. */
struct pcarch_command {
	const char *name; /* canonical: what the GUID has */
	int (*run)(int argc,
		char **argv); /* the words after the command; NULL: see sub */
	const struct pcarch_command *sub; /* NULL: no words follow */
	const char *const *aliases; /* NULL at the end; or NULL */
	const char *help;
};

enum {
	PCARCH_NO_COMMAND = 127, /* of pcarch_dispatch(): no row has the word */
};

/*
 * Follow `argv` through `table`, run what it names in the current execution, and return
 * its status. A word that is in no table, or none, ends in PCARCH_NO_COMMAND, a step
 * "unresolved" and an error USAGE. Does not end the execution.
 */
PCARCH_API int pcarch_dispatch(const struct pcarch_command *table, int argc, char **argv);

/* ---- Events. ---- */

/* `name` is a literal of [a-z0-9_.]{1,64}; docs/telemetry.md has the vocabulary. */
#define pcarch_event(level, name, fields) pcarch_event_literal(level, "" name "", fields)
PCARCH_API void pcarch_event_literal(enum pcarch_level level, const char *name,
	struct pcarch_fields fields);

/* What a listener is given: valid during its call. */
struct pcarch_told {
	enum pcarch_level level;
	const char *name;
	const char *guid; /* 64 hex digits */
	const char *json; /* the line as it is written, redacted, but for its seal */
	size_t length; /* of `json`, which is NUL-terminated as well */
};

typedef void pcarch_listener(void *data, const struct pcarch_told *event);

/*
 * Call `listener` for each event of at least that level, on the thread that makes it;
 * events that the listener makes are dropped and counted. It must not wait for another
 * thread that may make one. False: there are eight already.
 */
PCARCH_API bool pcarch_attach(pcarch_listener *listener, void *data,
	enum pcarch_level level);

/* It is not called again, and when this returns no other thread is in it. */
PCARCH_API void pcarch_detach(pcarch_listener *listener, void *data);

/* Asked for the program's state when there is an error: fill at most `room` fields,
 * return how many. */
typedef size_t pcarch_state(void *data, struct pcarch_field *fields, size_t room);

/* Ask `state` from now on; NULL: nothing. `data` stays. */
PCARCH_API void pcarch_on_error(pcarch_state *state, void *data);

/* What a code is: each has a table that makes a symbolic type of it. */
enum pcarch_origin {
	PCARCH_ORIGIN_NAMED, /* the type is given */
	PCARCH_ORIGIN_HTTP, /* a status: 401 is AUTH_FAILED */
	PCARCH_ORIGIN_ERRNO, /* ECONNREFUSED is REFUSED */
	PCARCH_ORIGIN_EXIT, /* an exit status, as of wait: 126, 127, 128 + signal */
};

/* An error. Never its text: what an upstream says may hold anything. */
struct pcarch_failure {
	enum pcarch_origin origin;
	int code;
	const char *type; /* NAMED: a constant of [A-Z0-9_]{1,40} */
	const char *layer; /* a constant: cli auth network ffi telemetry storage */
	const char *source; /* who failed: a service, a library; NULL: the program */
	/* Where; userinfo and query are cut off. The path is kept of a constant. */
	const char *endpoint;
	const char *cause; /* a constant: the type of the error behind it, or NULL */
	bool is_external; /* the failure is another system's */
	struct pcarch_fields fields;
};

/* Event: command.error, with what happened before, the state, the stack. */
PCARCH_API void pcarch_error(const struct pcarch_failure *failure);

/* ---- Spans, calls of others, and what is sent. ---- */

struct pcarch_place {
	const char *name, *function, *file;
	unsigned line;
};

/* In the caller's frame; its members are the library's. */
struct pcarch_span {
	struct pcarch_execution *execution;
	const struct pcarch_place *place;
	uint64_t start_ns;
	uint8_t id[8], outer[8];
	unsigned slow_ms;
};

PCARCH_API void pcarch_span_begin(struct pcarch_span *span,
	const struct pcarch_place *place, unsigned slow_ms);
PCARCH_API void pcarch_span_end(struct pcarch_span *span);

#define PCARCH_JOIN_(left, right) left##right
#define PCARCH_JOIN(left, right) PCARCH_JOIN_(left, right)

/*
 * What follows in this block is a span of that name, a literal. Event: operation.slow
 * after 500 ms (PCARCH_SLOW_MS), or after `slow_ms`; span.end at level trace.
 */
#define PCARCH_SPAN(name) PCARCH_SPAN_SLOW(name, 0)
#ifdef __cplusplus
#define PCARCH_SPAN_SLOW(name, slow_ms)                                           \
	static const struct pcarch_place PCARCH_JOIN(pcarch_place_, __LINE__) = { \
		"" name "", __func__, __FILE__, __LINE__};                        \
	const pcarch_scope PCARCH_JOIN(pcarch_span_,                              \
		__LINE__)(&PCARCH_JOIN(pcarch_place_, __LINE__), slow_ms)
#else
#define PCARCH_SPAN_SLOW(name, slow_ms)                                           \
	static const struct pcarch_place PCARCH_JOIN(pcarch_place_, __LINE__) = { \
		"" name "", __func__, __FILE__, __LINE__};                        \
	__attribute__((cleanup(pcarch_span_end))) struct pcarch_span              \
		PCARCH_JOIN(pcarch_span_, __LINE__);                              \
	pcarch_span_begin(&PCARCH_JOIN(pcarch_span_, __LINE__),                   \
		&PCARCH_JOIN(pcarch_place_, __LINE__), slow_ms)
#endif

/* A call of another system. Strings stay until the call's end. */
struct pcarch_external {
	const char *channel; /* a constant: "http", "amqp", "sql" */
	const char *source; /* the service's name */
	const char *operation; /* a constant, such as "GET" */
	const char *endpoint; /* a template, as above */
	unsigned slow_ms; /* 0: as always */
};

/* In the caller's storage; its members are the library's. */
struct pcarch_call {
	struct pcarch_execution *execution;
	const struct pcarch_external *what;
	uint64_t start_ns, start_unix_ms;
	uint8_t id[8], outer[8];
	char sent[129]; /* the correlation id that pcarch_inject() has sent */
};

/* What came of it; all members may be zero. */
struct pcarch_answer {
	enum pcarch_origin origin;
	int code; /* a failure when it is one by the table of `origin`; NAMED: see type */
	const char *type; /* NAMED: NULL is success */
	unsigned attempts;
	double dns_ms, connect_ms, tls_ms, ttfb_ms; /* 0: not known */
	long long request_bytes, response_bytes; /* 0: not known */
	const struct pcarch_carrier *headers; /* of the response, NULL: none to look at */
	long long date; /* what the response says of its time, unix seconds; 0: nothing */
};

/*
 * Before the call: external.call.start is in the log when this returns, so that one that
 * never comes back leaves a record. After: external.call.end, with the error if it is
 * one; correlation.mismatch, response.stale, operation.slow.
 */
PCARCH_API void pcarch_external_begin(struct pcarch_call *call,
	const struct pcarch_external *what);
PCARCH_API void pcarch_external_end(struct pcarch_call *call,
	const struct pcarch_answer *answer);

/* Write the context into what goes out: `call` (NULL: no call of its own) is its parent.
 */
PCARCH_API bool pcarch_inject(struct pcarch_call *call,
	const struct pcarch_carrier *carrier);

/* The context in what came in, for a batch: pcarch_start.links. False: none that is
 * valid. */
PCARCH_API bool pcarch_extract(const struct pcarch_carrier *carrier,
	struct pcarch_link *link);

/* A copy of `envp` (NULL: environ) for exec or posix_spawn, that hands on the context:
 * one block, for free(); NULL: no memory. The program's own environment stays as it is.
 */
PCARCH_API char **pcarch_exec_environment(char *const *envp);

/*
 * Call `function` in another language's world. One that takes longer than `deadline_ms`
 * (0: none) is told while it hangs, on a thread that exists for that long, and goes on;
 * a result other than 0 is an ffi.error. Returns the result. `bridge` is a literal.
 */
#define pcarch_ffi_call(bridge, function, data, deadline_ms) \
	pcarch_ffi_call_literal("" bridge "", function, data, deadline_ms)
PCARCH_API int pcarch_ffi_call_literal(const char *bridge, int (*function)(void *),
	void *data, unsigned deadline_ms);

/* ---- The log. ---- */

/* Seal what was written so far: for a program that is idle. */
PCARCH_API void pcarch_checkpoint(void);

/* How many events were not written, for whatever reason. */
PCARCH_API uint64_t pcarch_dropped(void);

#ifdef __cplusplus
}

/* Valid until the end of the full expression, as its list is. */
static inline pcarch_fields pcarch_fields_of(std::initializer_list<pcarch_field> fields)
{
	return pcarch_fields{fields.begin(), fields.size()};
}

class pcarch_scope
{
      public:
	pcarch_scope(const pcarch_place *place, unsigned slow_ms)
	{
		pcarch_span_begin(&span, place, slow_ms);
	}
	~pcarch_scope()
	{
		pcarch_span_end(&span);
	}
	pcarch_scope(const pcarch_scope &) = delete;
	pcarch_scope &operator=(const pcarch_scope &) = delete;

      private:
	pcarch_span span;
};
#endif

#endif
