/*
 * What polycall tells of itself: which command or request runs, the way it takes, whom it
 * calls. With libpcarch-telemetry (PCARCH_LOG=DIRECTORY then says where to); without it,
 * nothing is told and nothing changes.
 */
#ifndef POLYCALL_CORE_STORY_H
#define POLYCALL_CORE_STORY_H

#include <stdbool.h>
#include <stddef.h>

#ifdef POLYCALL_STORY
#include <pcarch_trace.h>
#else
#define PCARCH_BRANCH(point, choice) ((void)0)
#define PCARCH_SPAN(name) ((void)0)
struct pcarch_call {
	char nothing;
};
#endif

enum {
	STORY_HEADERS_SIZE = 1024
};

/* Not NUL-terminated. */
struct story_value {
	const char *text;
	size_t length;
};

/* Finds the values of a header: at most `room`, returns how many there are. */
typedef size_t story_header_fn(void *request, const char *name,
	struct story_value *values, size_t room);

/* Adds a header to what goes out; false: there is no room. `name` stays, `value` not. */
typedef bool story_add_fn(void *message, const char *name, const char *value,
	size_t length);

/* A command begins; it ends with its exit status. `argv` stays. */
void story_begin(const char *program, int argc, char **argv);
void story_end(int status);

/* The row of a table whose word was found; and that none was. */
void story_word(const char *name);
void story_no_word(void);

/* A request or message comes in. `headers` NULL: it has none. `route` is a constant, or
 * NULL where nothing answers. It ends with an HTTP status; a message's is 200 when it was
 * taken.
 */
void story_take(const char *channel, story_header_fn *headers, void *request);
void story_route(const char *route);
void story_taken(int status);

/* A request goes out. The headers to send with it, each "name: value\r\n"; and the status
 * of its reply, 0: there was none. */
void story_call(struct pcarch_call *call, const char *operation, const char *endpoint,
	char headers[STORY_HEADERS_SIZE]);
void story_called(struct pcarch_call *call, int status);

/* A message goes into a queue, which is a constant; and whether it did. */
void story_send(struct pcarch_call *call, const char *queue, story_add_fn *add,
	void *message);
void story_sent(struct pcarch_call *call, bool is_sent);

/* One came out of it: behind story_take() and story_route(). */
void story_received(const char *queue, bool is_redelivered);

#endif
