#include "analyzer/workers/worker.h"

#include "analyzer/workers/pool.h"
#include "core/error.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Driver and worker are one program: the header travels as it lies in memory. */
struct frame_header {
	uint64_t size; /* of what follows */
	uint64_t peak_bytes; /* the worker's, in its replies */
};

enum {
	KEEP_BYTES = 1024 * 1024
}; /* a buffer that grew past this is freed after use */

enum {
	MAX_NOTED = 1024 /* as -j allows */
};

static volatile pid_t noted[MAX_NOTED]; /* for a signal handler; 0: nobody */

static void note_worker(pid_t old, pid_t new)
{
	for (int i = 0; i < MAX_NOTED; i++) {
		if (noted[i] == old) {
			noted[i] = new;
			return;
		}
	}
}

void workers_kill(void)
{
	for (int i = 0; i < MAX_NOTED; i++)
		if (noted[i])
			kill(noted[i], SIGKILL);
	for (int i = 0; i < MAX_NOTED; i++)
		if (noted[i])
			waitpid(noted[i], NULL, 0);
}

static bool receive_all(int fd, void *bytes, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = recv(fd, (char *)bytes + done, size - done, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

static bool send_all(int fd, const void *bytes, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n =
			send(fd, (const char *)bytes + done, size - done, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

static bool send_reply(int fd, const struct text *reply)
{
	struct frame_header header = {.size = reply->len};
	struct rusage usage;

	if (getrusage(RUSAGE_SELF, &usage) == 0)
		header.peak_bytes = (uint64_t)usage.ru_maxrss * 1024;
	return send_all(fd, &header, sizeof(header)) &&
	       send_all(fd, text_string(reply), reply->len);
}

static bool receive_request(int fd, struct text *request)
{
	struct frame_header header;
	char chunk[16384];

	text_clear(request);
	if (!receive_all(fd, &header, sizeof(header)))
		return false;
	while (request->len < header.size) {
		size_t n = header.size - request->len;

		n = n < sizeof(chunk) ? n : sizeof(chunk);
		if (!receive_all(fd, chunk, n))
			return false;
		text_add_bytes(request, chunk, n);
	}
	return true;
}

/* The worker's whole life: never back into the driver's code, nor its exit handlers. */
static void live(int fd, const struct pool *pool)
{
	struct text request = {0}, reply = {0};

	if (pool->start && !pool->start(pool->context))
		_exit(EXIT_FAILURE);
	do {
		if (!send_reply(fd, &reply))
			break;
		text_clear(&reply);
		if (!receive_request(fd, &request))
			break;
		pool->work(pool->context, text_string(&request), request.len, &reply);
	} while (true);
	_exit(EXIT_SUCCESS);
}

/* A process of its own: nothing of the driver's, and no longer life than it. */
static void leave_driver(const struct worker *crew, const struct pool *pool, pid_t driver)
{
	struct rlimit no_core = {0, 0};
	int null;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != driver)
		_exit(EXIT_FAILURE);
	for (unsigned i = 0; i < pool->nworkers; i++) {
		if (crew[i].fd >= 0)
			close(crew[i].fd);
		if (crew[i].statm >= 0)
			close(crew[i].statm);
	}
	/* ^C goes to the whole group; the driver decides, and we die with it. */
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	signal(SIGTERM, SIG_DFL);
	setrlimit(RLIMIT_CORE, &no_core);
	null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		close(null);
	}
}

bool worker_start(struct worker *crew, unsigned i, const struct pool *pool,
	struct error *err)
{
	pid_t driver = getpid(), pid;
	char statm[64];
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return error_set_errno(err, "start", "a worker process",
			"raise ulimit -n, or use a smaller -j");
	fflush(NULL); /* or a worker's exit() would write it again */
	pid = fork();
	if (pid == 0) {
		close(ends[0]);
		leave_driver(crew, pool, driver);
		live(ends[1], pool);
	}
	close(ends[1]);
	if (pid < 0) {
		int saved = errno;

		close(ends[0]);
		errno = saved;
		return error_set_errno(err, "start", "a worker process",
			"raise ulimit -u, or use a smaller -j");
	}
	snprintf(statm, sizeof(statm), "/proc/%ld/statm", (long)pid);
	text_clear(&crew[i].in);
	text_clear(&crew[i].out);
	crew[i].pid = pid;
	note_worker(0, pid);
	crew[i].fd = ends[0];
	crew[i].statm = open(statm, O_RDONLY | O_CLOEXEC);
	crew[i].sent = 0;
	crew[i].peak_bytes = 0;
	return true;
}

int worker_bury(struct worker *worker, int *status)
{
	struct rusage usage = {0};
	int wait_status = 0;
	pid_t reaped;

	kill(worker->pid, SIGKILL); /* without effect on what it died of, if it is dead */
	note_worker(worker->pid, 0); /* before its number may be another's */
	do {
		reaped = wait4(worker->pid, &wait_status, 0, &usage);
	} while (reaped < 0 && errno == EINTR);
	close(worker->fd);
	if (worker->statm >= 0)
		close(worker->statm);
	worker->pid = 0;
	worker->fd = worker->statm = -1;
	if ((uint64_t)usage.ru_maxrss * 1024 > worker->peak_bytes)
		worker->peak_bytes = (uint64_t)usage.ru_maxrss * 1024;
	if (status)
		*status = WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 0;
	return reaped > 0 && WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;
}

void worker_release(struct worker *worker)
{
	if (worker->pid)
		worker_bury(worker, NULL);
	text_release(&worker->in);
	text_release(&worker->out);
}

void worker_ask(struct worker *worker, const struct text *request)
{
	struct frame_header header = {.size = request->len};

	if (worker->in.room > KEEP_BYTES)
		text_release(&worker->in);
	text_clear(&worker->in);
	text_clear(&worker->out);
	text_add_bytes(&worker->out, (const char *)&header, sizeof(header));
	text_add_bytes(&worker->out, text_string(request), request->len);
	worker->sent = 0;
}

bool worker_has_more_to_send(const struct worker *worker)
{
	return worker->sent < worker->out.len;
}

enum worker_state worker_send(struct worker *worker)
{
	while (worker_has_more_to_send(worker)) {
		ssize_t n = send(worker->fd, worker->out.bytes + worker->sent,
			worker->out.len - worker->sent, MSG_DONTWAIT | MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN ? WORKER_TALKING : WORKER_LOST;
		worker->sent += (size_t)n;
	}
	return WORKER_READY;
}

/* Bytes of the frame still missing; the header comes first and says how many follow. */
static size_t frame_missing(const struct worker *worker)
{
	struct frame_header header;
	size_t have = worker->in.len;

	if (have < sizeof(header))
		return sizeof(header) - have;
	memcpy(&header, worker->in.bytes, sizeof(header));
	if (header.size > WORKER_MAX_FRAME_BYTES)
		return SIZE_MAX;
	return sizeof(header) + (size_t)header.size - have;
}

enum worker_state worker_receive(struct worker *worker)
{
	struct frame_header header;
	char chunk[65536];
	size_t missing;

	while ((missing = frame_missing(worker)) > 0) {
		ssize_t n;

		if (missing == SIZE_MAX)
			return WORKER_LOST;
		n = recv(worker->fd, chunk,
			missing < sizeof(chunk) ? missing : sizeof(chunk), MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return WORKER_TALKING;
		if (n <= 0)
			return WORKER_LOST;
		text_add_bytes(&worker->in, chunk, (size_t)n);
	}
	memcpy(&header, worker->in.bytes, sizeof(header));
	if (header.peak_bytes > worker->peak_bytes)
		worker->peak_bytes = header.peak_bytes;
	return WORKER_READY;
}

const char *worker_reply(const struct worker *worker, size_t *size)
{
	*size = worker->in.len - sizeof(struct frame_header);
	return worker->in.bytes + sizeof(struct frame_header);
}

uint64_t worker_resident(struct worker *worker)
{
	char line[128], *end = line;
	uint64_t bytes;
	ssize_t n;

	if (worker->statm < 0)
		return 0;
	n = pread(worker->statm, line, sizeof(line) - 1, 0);
	if (n <= 0)
		return 0;
	line[n] = '\0';
	(void)strtoull(line, &end, 10); /* the size of its address space comes first */
	bytes = strtoull(end, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE);
	if (bytes > worker->peak_bytes)
		worker->peak_bytes = bytes;
	return bytes;
}
