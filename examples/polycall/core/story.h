/*
 * What polycall tells of itself: which command or request runs, the way it takes, whom it
 * calls. With libpcarch-telemetry (PCARCH_LOG=DIRECTORY then says where to); without it,
 * nothing is told and nothing changes.
 */
#ifndef POLYCALL_CORE_STORY_H
#define POLYCALL_CORE_STORY_H

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

/* Finds the values of a header: at most `room`, returns how many there are. */
typedef size_t story_header_fn(void *request, const char *name, const char **values,
	size_t room);

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

#endif
