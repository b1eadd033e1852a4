/*
 * All that may happen at the same time to the telemetry of a program: threads that tell,
 * fail and hand executions on, listeners that come and go, signals whose handler tells,
 * children, checkpoints, handlers and keys that are replaced.
 */
#include <errno.h>
#include <pcarch_trace.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	WORKERS = 3,
	ROUNDS = 60,
	CHILDREN = 8,
	SIGNALS = 2000, /* all at once would leave no time for anything else */
};

static int nworking = WORKERS; /* atomic */

static bool is_over(void)
{
	return !__atomic_load_n(&nworking, __ATOMIC_ACQUIRE);
}

static size_t state(void *data, struct pcarch_field *fields, size_t room)
{
	if (!room)
		return 0;
	fields[0] = pcarch_number("count", *(int *)data);
	return 1;
}

static void tell_round(int round)
{
	PCARCH_SPAN("round");
	if (round % 2)
		PCARCH_BRANCH("round", "odd");
	else
		PCARCH_BRANCH("round", "even");
	pcarch_event(PCARCH_LEVEL_INFO, "storm.work",
		PCARCH_FIELDS(pcarch_number("count", round)));
}

static void work_once(int round)
{
	const struct pcarch_failure failure = {
		.origin = PCARCH_ORIGIN_ERRNO, .code = EACCES, .layer = "storage"};
	struct pcarch_execution *job = pcarch_begin(&(struct pcarch_start){
		.program = "storm", .channel = "job"});
	char guid[PCARCH_GUID_SIZE];

	pcarch_step(PCARCH_STEP_COMMAND, "job");
	tell_round(round);
	pcarch_current_guid(guid);
	if (round % 8 == 0)
		pcarch_error(&failure);
	pcarch_end(job, round % 8 == 0);
}

static void *work(void *data)
{
	(void)data;
	for (int i = 0; i < ROUNDS; i++)
		work_once(i);
	__atomic_sub_fetch(&nworking, 1, __ATOMIC_RELEASE);
	return NULL;
}

/* Its data is valid from pcarch_attach() to pcarch_detach(): what comes before or after
 * is a bug. */
static void hear(void *data, const struct pcarch_told *event)
{
	bool *is_attached = data;

	if (!*is_attached || !event->length)
		abort();
}

static void *come_and_go(void *data)
{
	(void)data;
	while (!is_over()) {
		bool is_attached = true;

		if (!pcarch_attach(hear, &is_attached, PCARCH_LEVEL_TRACE))
			abort();
		pcarch_event(PCARCH_LEVEL_DEBUG, "storm.heard", PCARCH_NO_FIELDS);
		pcarch_detach(hear, &is_attached);
		is_attached = false;
	}
	return NULL;
}

static void *replace(void *data)
{
	static int count;

	(void)data;
	while (!is_over()) {
		pcarch_on_error(state, &count);
		pcarch_allow_key("weather");
		pcarch_checkpoint();
		pcarch_on_error(NULL, NULL);
		pcarch_dropped();
	}
	return NULL;
}

static void tell(int signal)
{
	(void)signal;
	pcarch_event(PCARCH_LEVEL_INFO, "storm.signal", PCARCH_NO_FIELDS);
}

static void run_child(void)
{
	static int count;

	pcarch_on_error(state, &count);
	work_once(8);
	pcarch_event(PCARCH_LEVEL_INFO, "storm.child", PCARCH_NO_FIELDS);
	exit(0);
}

/* Signals come while it forks, too. */
static void *fork_children(void *data)
{
	pid_t pids[CHILDREN];
	int status = -1;

	(void)data;
	for (int i = 0; i < CHILDREN; i++) {
		pids[i] = fork();
		if (!pids[i])
			run_child();
	}
	for (int i = 0; i < CHILDREN; i++) {
		while (waitpid(pids[i], &status, 0) < 0 && errno == EINTR)
			;
		if (status) {
			fprintf(stderr, "a child ended with %#x\n", status);
			_exit(3);
		}
	}
	return NULL;
}

int main(void)
{
	static void *(*const others[])(void *) = {come_and_go, replace, fork_children};
	enum {
		OTHERS = sizeof(others) / sizeof(*others)
	};
	pthread_t threads[WORKERS + OTHERS];

	signal(SIGUSR1, tell);
	alarm(100);
	for (int i = 0; i < WORKERS; i++)
		pthread_create(&threads[i], NULL, work, NULL);
	for (int i = 0; i < OTHERS; i++)
		pthread_create(&threads[WORKERS + i], NULL, others[i], NULL);
	for (int n = 0; n < SIGNALS && !is_over(); n++) {
		pthread_kill(threads[n % (WORKERS + OTHERS)], SIGUSR1);
		sched_yield();
	}
	for (int i = 0; i < WORKERS + OTHERS; i++)
		pthread_join(threads[i], NULL);
	printf("%llu\n", (unsigned long long)pcarch_dropped());
	return 0;
}
