/* What events say, in words. */
#ifndef PCARCH_DIFF_EVENT_TEXT_H
#define PCARCH_DIFF_EVENT_TEXT_H

struct event;
struct event_error;
struct text;

/* What an event says beside its names: its error, how long it took, its metadata. */
void event_details(const struct event *event, struct text *out);

/* "AUTH_FAILED from polycalld (401): the service refused the credentials" */
void event_error_text(const struct event_error *error, struct text *out);

/*
 * For event_json_values(), with a struct text as context: "key=value", after a comma; the
 * items of an array after their key, which is told once.
 */
void event_pair(void *text, const char *path, const char *value);

#endif
