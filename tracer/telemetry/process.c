#include "tracer/telemetry/process.h"

#include "core/guid_key.h"
#include "core/trace_environment.h"
#include "tracer/runtime/say.h"
#include "tracer/telemetry/execution.h"
#include "tracer/telemetry/failure.h"
#include "tracer/telemetry/inside.h"
#include "tracer/telemetry/journal.h"
#include "tracer/telemetry/settings.h"
#include "tracer/telemetry/stack.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static struct {
	struct settings settings;
	struct guid_key key;
	char key_id[GUID_KEY_ID_HEX_SIZE];
	char instance[GUID_NONCE_HEX_SIZE];
	struct pcarch_execution session;
	bool is_ready;
	int exit_status; /* -1: not known */
} process = {.exit_status = -1};

const struct settings *process_settings(void)
{
	return &process.settings;
}

const struct guid_key *process_key(void)
{
	return &process.key;
}

const char *process_key_id(void)
{
	return process.key_id;
}

const char *process_instance(void)
{
	return process.instance;
}

struct pcarch_execution *process_session(void)
{
	return &process.session;
}

struct pcarch_execution *process_current(void)
{
	struct pcarch_execution *execution = execution_current();

	return execution ? execution : &process.session;
}

static void read_key(void)
{
	enum guid_key_problem problem = guid_key_load(&process.key);
	char path[PATH_MAX];
	bool is_named;

	if (problem != GUID_KEY_OK && guid_key_path(path, sizeof(path), &is_named))
		say("GUIDs are unkeyed: the key file '%.300s' %s", path,
			guid_key_problem_text(problem));
	if (process.key.is_keyed)
		guid_key_id_hex(&process.key, process.key_id);
	else
		memcpy(process.key_id, "unkeyed", sizeof("unkeyed"));
}

/* The process's own execution, of one step, that nothing changes afterwards. */
static void begin_session(void)
{
	struct pcarch_execution *session = &process.session;
	const struct trace_carrier carrier = {.environment = trace_environment()};

	if (!execution_init(session, process.settings.program, NULL))
		return;
	trace_context_extract(&session->context, &carrier);
	trace_context_start(&session->context, TRACE_CONTINUE, session->chain.nonce);
	memcpy(session->parent_span_id, session->context.parent_id, SPAN_ID_SIZE);
	session->channel = "cli";
	session->is_shared = true;
	session->start_ns = journal_now();
	guid_nonce_hex(session->chain.nonce, process.instance);
	execution_guid(session);
}

static pthread_mutex_t beginning = PTHREAD_MUTEX_INITIALIZER;
static bool was_inside; /* of the thread that forks, with the lock */

static void before_fork(void)
{
	bool was = inside_enter();

	/* What another thread has half begun would stay so in the child. */
	pthread_mutex_lock(&beginning);
	was_inside = was;
	journal_hold();
	if (execution_current())
		execution_current()->nforks++;
}

static void after_fork(void)
{
	bool was = was_inside;

	journal_let_go();
	pthread_mutex_unlock(&beginning);
	inside_leave(was);
}

static void after_fork_in_child(void)
{
	struct execution_link link = {.relation = "fork", .is_guid = true};

	beginning = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	journal_restart();
	failure_restart();
	execution_after_fork();
	if (process.is_ready) {
		memcpy(link.guid, execution_guid(&process.session), GUID_SIZE);
		begin_session();
		execution_link(&process.session, &link);
	}
	inside_leave(was_inside);
}

/* When it is loaded: a fork that is under way holds what pthread_atfork() would wait for.
 */
static void __attribute__((constructor)) watch_forks(void)
{
	pthread_atfork(before_fork, after_fork, after_fork_in_child);
}

static void keep_status(int status, void *data)
{
	(void)data;
	process.exit_status = status;
}

static void begin(void)
{
	/* Of the copy inside this library: finds the fastest code for the processor. */
	(void)!sodium_init();
	settings_read(&process.settings);
	read_key();
	begin_session();
	on_exit(keep_status, NULL);
	if (process.settings.directory[0])
		stack_prepare();
	__atomic_store_n(&process.is_ready, true, __ATOMIC_RELEASE);
}

void process_ready(void)
{
	int saved = errno;

	/* A handler that comes while it begins would wait for its own thread. */
	if (__atomic_load_n(&process.is_ready, __ATOMIC_ACQUIRE) || inside_enter())
		return;
	pthread_mutex_lock(&beginning);
	if (!process.is_ready)
		begin();
	pthread_mutex_unlock(&beginning);
	inside_leave(false);
	errno = saved;
}

/* A command that calls exit() ends there. */
static void __attribute__((destructor)) end(void)
{
	if (!process.is_ready)
		return;
	while (execution_current())
		pcarch_end(execution_current(),
			process.exit_status < 0 ? 0 : process.exit_status);
	journal_checkpoint(true);
}
