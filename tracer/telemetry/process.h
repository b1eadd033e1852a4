/* What all executions of a process share: its settings, its key, and the execution that
 * events outside of any other belong to. */
#ifndef PCARCH_TRACER_TELEMETRY_PROCESS_H
#define PCARCH_TRACER_TELEMETRY_PROCESS_H

struct guid_key;
struct pcarch_execution;
struct settings;

/* Once, before all else; cheap afterwards. */
void process_ready(void);

/* All of these after process_ready(). */
const struct settings *process_settings(void);
const struct guid_key *process_key(void);
const char *process_key_id(void); /* hex, or "unkeyed" */
const char *process_instance(void); /* 32 hex digits: the session's id */

/* The session: an execution that all threads share, of one step. */
struct pcarch_execution *process_session(void);

/* The thread's current execution, or the session. */
struct pcarch_execution *process_current(void);

#endif
