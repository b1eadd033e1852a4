#include "analyzer/workers/pool.h"

#include "core/error.h"
#include "core/text.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	MAX_JOBS = 1000
};

/* A list of jobs, each a word that says what the worker does with it, and what came back.
 */
struct script {
	const char *jobs[MAX_JOBS];
	uint32_t njobs, next;
	bool must_follow; /* a job starts only when the one before it is done */
	uint32_t stop_after; /* results; 0: never */
	uint32_t nresults;
	unsigned order[MAX_JOBS]; /* from 1: when each job was done */
	enum pool_outcome outcomes[MAX_JOBS];
	int signals[MAX_JOBS];
	char replies[MAX_JOBS][16]; /* their first bytes */
	size_t reply_sizes[MAX_JOBS];
	uint64_t peaks[MAX_JOBS];
	unsigned nticks;
};

/* Shared with the workers. */
struct shared {
	atomic_int nstarts;
	atomic_int nrunning, most_running;
	atomic_int hanging; /* the process that does "hang" */
};

static struct shared *shared;
static int nopen; /* descriptors before the test */

static int count_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int n = 0;

	cr_assert_not_null(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

static void set_up(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	cr_assert_neq(shared, MAP_FAILED);
	nopen = count_descriptors();
}

static void nothing_is_left(void)
{
	cr_expect_eq(waitpid(-1, NULL, WNOHANG), -1, "a child is left");
	cr_expect_eq(errno, ECHILD);
	cr_expect_eq(count_descriptors(), nopen, "a descriptor is left");
}

TestSuite(pool, .init = set_up, .fini = nothing_is_left);

static bool count_start(void *context)
{
	(void)context;
	atomic_fetch_add(&shared->nstarts, 1);
	return true;
}

static void pause_ms(long ms)
{
	struct timespec time = {ms / 1000, ms % 1000 * 1000000};

	nanosleep(&time, NULL);
}

static void eat_memory(void)
{
	for (size_t i = 0; i < 1024; i++) {
		char *bytes = mmap(NULL, 1024 * 1024, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

		if (bytes == MAP_FAILED)
			return;
		pause_ms(1);
	}
}

static void die_of(int number)
{
	signal(number, SIG_DFL); /* sanitizers catch some */
	raise(number);
}

static void overlap(struct text *reply)
{
	int running = atomic_fetch_add(&shared->nrunning, 1) + 1;
	int most = atomic_load(&shared->most_running);

	while (running > most &&
		!atomic_compare_exchange_weak(&shared->most_running, &most, running))
		;
	pause_ms(20);
	atomic_fetch_sub(&shared->nrunning, 1);
	text_add(reply, "slow");
}

static void hang(void)
{
	atomic_store(&shared->hanging, (int)getpid());
	alarm(20); /* a test that fails leaves nothing running */
	for (volatile bool forever = true; forever;)
		;
}

static void act(void *context, const char *request, size_t size, struct text *reply)
{
	(void)context;
	if (strcmp(request, "abort") == 0)
		die_of(SIGABRT);
	else if (strcmp(request, "segfault") == 0)
		die_of(SIGSEGV);
	else if (strcmp(request, "exit") == 0)
		exit(0);
	else if (strcmp(request, "hang") == 0)
		hang();
	else if (strcmp(request, "hog") == 0)
		eat_memory();
	else if (strcmp(request, "slow") == 0)
		overlap(reply);
	else if (strcmp(request, "pid") == 0)
		text_printf(reply, "%ld", (long)getpid());
	else if (strcmp(request, "descriptors") == 0)
		text_printf(reply, "%d", count_descriptors());
	else if (strcmp(request, "huge") == 0)
		for (int i = 0; i < 65; i++)
			text_add_bytes(reply, (char[1024 * 1024]){0}, 1024 * 1024);
	else if (strcmp(request, "large") == 0)
		for (int i = 0; i < 20; i++)
			text_add_bytes(reply, (char[1024 * 1024]){0}, 1024 * 1024);
	else
		text_printf(reply, "%zu", size);
}

static enum pool_next take(void *context, uint32_t *job, struct text *request)
{
	struct script *script = context;

	if (script->next == script->njobs)
		return POOL_END;
	if (script->must_follow && script->next > script->nresults)
		return POOL_WAIT;
	*job = script->next++;
	text_add(request, script->jobs[*job]);
	return POOL_JOB;
}

static bool keep(void *context, const struct pool_result *result)
{
	struct script *script = context;
	uint32_t job = result->job;

	cr_assert_lt(job, script->njobs);
	cr_assert_eq(script->order[job], 0, "job %u is done twice", job);
	script->order[job] = ++script->nresults;
	script->outcomes[job] = result->outcome;
	script->signals[job] = result->signal;
	script->peaks[job] = result->peak_bytes;
	script->reply_sizes[job] = result->reply_size;
	if (result->reply)
		snprintf(script->replies[job], sizeof(script->replies[job]), "%.*s",
			(int)(result->reply_size < 15 ? result->reply_size : 15),
			result->reply);
	return script->nresults != script->stop_after;
}

static void count_tick(void *context)
{
	((struct script *)context)->nticks++;
}

static struct pool pool_of(struct script *script, unsigned nworkers)
{
	return (struct pool){.nworkers = nworkers,
		.start = count_start,
		.work = act,
		.next = take,
		.done = keep,
		.context = script};
}

static void run(const struct pool *pool)
{
	struct error err = {0};

	cr_assert(pool_run(pool, &err), "%s", err.text);
}

Test(pool, answers_every_job_once)
{
	static struct script script = {.njobs = MAX_JOBS};
	struct pool pool = pool_of(&script, 8);

	for (uint32_t i = 0; i < MAX_JOBS; i++)
		script.jobs[i] = i % 2 ? "ab" : "abc";
	run(&pool);
	cr_assert_eq(script.nresults, MAX_JOBS);
	for (uint32_t i = 0; i < MAX_JOBS; i++)
		cr_assert_str_eq(script.replies[i], i % 2 ? "2" : "3");
	cr_assert_leq(atomic_load(&shared->nstarts), 8);
}

Test(pool, with_no_job_starts_no_worker)
{
	static struct script script;
	struct pool pool = pool_of(&script, 8);

	run(&pool);
	cr_assert_eq(atomic_load(&shared->nstarts), 0);
}

Test(pool, starts_no_more_workers_than_jobs)
{
	static struct script script = {.jobs = {"pid", "pid"}, .njobs = 2};
	struct pool pool = pool_of(&script, 8);

	run(&pool);
	cr_assert_leq(atomic_load(&shared->nstarts), 2);
}

Test(pool, crash_costs_one_job_and_tells_the_signal)
{
	static struct script script = {
		.jobs = {"a", "abort", "b", "segfault", "c", "exit", "d"}, .njobs = 7};
	struct pool pool = pool_of(&script, 1);

	run(&pool);
	for (uint32_t i = 0; i < 7; i++)
		cr_assert_eq(script.outcomes[i], i % 2 ? POOL_CRASHED : POOL_DONE);
	cr_assert_eq(script.signals[1], SIGABRT);
	cr_assert_eq(script.signals[3], SIGSEGV);
	cr_assert_eq(script.signals[5], 0);
	cr_assert_eq(atomic_load(&shared->nstarts), 4);
}

Test(pool, survives_when_every_job_crashes)
{
	static struct script script = {.njobs = 20};
	struct pool pool = pool_of(&script, 3);

	for (uint32_t i = 0; i < script.njobs; i++)
		script.jobs[i] = "abort";
	run(&pool);
	cr_assert_eq(script.nresults, 20);
}

Test(pool, kills_a_job_that_takes_too_long)
{
	static struct script script = {.jobs = {"hang", "a", "b"}, .njobs = 3};
	struct pool pool = pool_of(&script, 2);

	pool.timeout_s = 1;
	pool.tick = count_tick;
	run(&pool);
	cr_assert_eq(script.outcomes[0], POOL_TIMEOUT);
	cr_assert_eq(script.order[0], 3, "the others did not wait");
	cr_assert_eq(script.outcomes[2], POOL_DONE);
	cr_assert_geq(script.nticks, 10);
}

Test(pool, kills_a_job_that_grows_too_large)
{
	static struct script script = {.jobs = {"hog", "a"}, .njobs = 2};
	struct pool pool = pool_of(&script, 1);

	pool.max_memory_bytes = 300 * 1024 * 1024;
	run(&pool);
	cr_assert_eq(script.outcomes[0], POOL_OUT_OF_MEMORY);
	cr_assert_geq(script.peaks[0], pool.max_memory_bytes);
	cr_assert_eq(script.outcomes[1], POOL_DONE);
	cr_assert_lt(script.peaks[1], pool.max_memory_bytes);
}

Test(pool, takes_a_large_reply_and_refuses_a_huge_one)
{
	static struct script script = {.jobs = {"large", "huge", "a"}, .njobs = 3};
	struct pool pool = pool_of(&script, 2);

	run(&pool);
	cr_assert_eq(script.outcomes[0], POOL_DONE);
	cr_assert_eq(script.reply_sizes[0], 20 * 1024 * 1024);
	cr_assert_eq(script.outcomes[1], POOL_CRASHED);
	cr_assert_eq(script.outcomes[2], POOL_DONE);
}

Test(pool, sends_a_request_larger_than_any_socket_buffer)
{
	static char request[4 * 1024 * 1024];
	static struct script script = {.jobs = {request, "abort", request}, .njobs = 3};
	struct pool pool = pool_of(&script, 2);

	memset(request, 'x', sizeof(request) - 1);
	run(&pool);
	cr_assert_str_eq(script.replies[0], "4194303");
	cr_assert_str_eq(script.replies[2], "4194303");
}

Test(pool, runs_slow_jobs_side_by_side)
{
	static struct script script = {.njobs = 12};
	struct pool pool = pool_of(&script, 4);

	for (uint32_t i = 0; i < script.njobs; i++)
		script.jobs[i] = "slow";
	run(&pool);
	cr_assert_geq(atomic_load(&shared->most_running), 2);
	cr_assert_leq(atomic_load(&shared->most_running), 4);
}

Test(pool, job_waits_for_the_one_it_needs)
{
	static struct script script = {
		.jobs = {"slow", "abort", "slow", "a"}, .njobs = 4, .must_follow = true};
	struct pool pool = pool_of(&script, 4);

	run(&pool);
	for (uint32_t i = 0; i < 4; i++)
		cr_assert_eq(script.order[i], i + 1);
	cr_assert_eq(atomic_load(&shared->most_running), 1);
}

Test(pool, stops_when_done_says_so)
{
	static struct script script = {
		.jobs = {"a", "hang", "hang", "hang"}, .njobs = 4, .stop_after = 1};
	struct pool pool = pool_of(&script, 3);

	run(&pool);
	cr_assert_eq(script.nresults, 1);
}

Test(pool, replaces_a_worker_after_its_share_of_jobs)
{
	static struct script script = {
		.jobs = {"pid", "pid", "pid", "pid", "pid"}, .njobs = 5};
	struct pool pool = pool_of(&script, 1);

	pool.max_jobs_per_worker = 2;
	run(&pool);
	cr_assert_str_eq(script.replies[0], script.replies[1]);
	cr_assert_str_neq(script.replies[1], script.replies[2]);
	cr_assert_str_eq(script.replies[2], script.replies[3]);
	cr_assert_eq(atomic_load(&shared->nstarts), 3);
}

Test(pool, worker_holds_no_descriptor_of_the_others)
{
	static struct script script = {
		.jobs = {"slow", "slow", "slow", "descriptors"}, .njobs = 4};
	struct pool pool = pool_of(&script, 4);
	char expected[16];

	run(&pool);
	/* Its end of the conversation, and what the test itself has. */
	snprintf(expected, sizeof(expected), "%d", nopen + 1);
	cr_assert_str_eq(script.replies[3], expected);
}

static bool refuse_start(void *context)
{
	(void)context;
	atomic_fetch_add(&shared->nstarts, 1);
	return false;
}

Test(pool, gives_up_when_no_worker_starts)
{
	static struct script script = {.jobs = {"a", "b"}, .njobs = 2};
	struct pool pool = pool_of(&script, 1);
	struct error err = {0};

	pool.start = refuse_start;
	cr_assert_not(pool_run(&pool, &err));
	cr_assert_not_null(strstr(err.text, "leave with status 1"), "%s", err.text);
	cr_assert_eq(atomic_load(&shared->nstarts), 3);
	cr_assert_eq(script.nresults, 0, "no job was tried");
}

static bool start_only_first(void *context)
{
	(void)context;
	return atomic_fetch_add(&shared->nstarts, 1) == 0;
}

Test(pool, goes_on_with_the_workers_that_started)
{
	static struct script script = {
		.jobs = {"slow", "slow", "slow", "slow", "slow", "slow"}, .njobs = 6};
	struct pool pool = pool_of(&script, 4);

	pool.start = start_only_first;
	run(&pool);
	for (uint32_t i = 0; i < 6; i++)
		cr_assert_eq(script.outcomes[i], POOL_DONE);
}

Test(pool, leaves_the_callers_signals_as_they_were)
{
	static struct script script = {.jobs = {"a", "abort"}, .njobs = 2};
	struct pool pool = pool_of(&script, 1);
	struct sigaction action;

	signal(SIGCHLD, SIG_IGN);
	run(&pool);
	sigaction(SIGCHLD, NULL, &action);
	signal(SIGCHLD, SIG_DFL);
	cr_assert_eq(action.sa_handler, SIG_IGN);
	cr_assert_eq(script.signals[1], SIGABRT);
}

Test(pool, workers_die_with_the_driver, .timeout = 10)
{
	static struct script script = {.jobs = {"hang"}, .njobs = 1};
	struct pool pool = pool_of(&script, 1);
	pid_t driver;
	int status;

	prctl(PR_SET_CHILD_SUBREAPER, 1); /* so that the orphan is ours to wait for */
	driver = fork();
	if (driver == 0) {
		run(&pool);
		_exit(0);
	}
	while (!atomic_load(&shared->hanging))
		pause_ms(1);
	kill(driver, SIGKILL);
	cr_assert_eq(waitpid(driver, &status, 0), driver);
	cr_assert_eq(waitpid(atomic_load(&shared->hanging), &status, 0),
		atomic_load(&shared->hanging));
	cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}
