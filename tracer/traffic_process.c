#include "tracer/traffic_process.h"

#include "core/error.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	TICK_MS = 50,
	GRACE_MS = 2000, /* from SIGTERM to SIGKILL */
	MAX_PRINTED = 64 << 10,
	MAX_FILE_BYTES = 512 << 20, /* that it may write: a recording has less */
	MAX_LINE = 200,
	MAX_ORPHANS = 1000,
};

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
	interrupted = number;
}

void traffic_process_prepare(void)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
	struct sigaction action = {.sa_handler = on_signal}, old;

	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		sigaction(numbers[i], NULL, &old);
		if (old.sa_handler != SIG_IGN) /* nohup stays nohup */
			sigaction(numbers[i], &action, NULL);
	}
	prctl(PR_SET_CHILD_SUBREAPER, 1);
}

int traffic_process_interrupted(void)
{
	return interrupted;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void limit(int resource, rlim_t most)
{
	setrlimit(resource, &(struct rlimit){most, most});
}

/* In the child; what fails here ends it with 127. */
static void __attribute__((noreturn))
become(const struct traffic_process *process, int output, pid_t parent)
{
	int input = open(process->input ? process->input : "/dev/null", O_RDONLY);

	setsid(); /* no terminal: nobody can be asked for a password */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, MAX_FILE_BYTES);
	signal(SIGPIPE, SIG_DFL);
	if (getppid() == parent && input >= 0 && dup2(input, 0) == 0 &&
		dup2(output, 1) == 1 && dup2(output, 2) == 2 &&
		chdir(process->directory) == 0) {
		close_range(3, ~0u, 0);
		execve(process->argv[0], process->argv, process->variables);
	}
	_exit(127);
}

bool traffic_process_start(struct traffic_process *process, struct error *err)
{
	pid_t parent = getpid();
	int ends[2];

	process->pid = 0;
	process->has_ended = false;
	process->handle = process->output = -1;
	if (pipe2(ends, O_CLOEXEC) < 0)
		return error_set_errno(err, "start", process->argv[0], NULL);
	fflush(NULL);
	process->pid = fork();
	if (process->pid == 0)
		become(process, ends[1], parent);
	close(ends[1]);
	if (process->pid < 0) {
		close(ends[0]);
		process->pid = 0;
		return error_set_errno(err, "start", process->argv[0], NULL);
	}
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	process->output = ends[0];
	process->handle = (int)syscall(SYS_pidfd_open, process->pid, 0);
	return true;
}

/* Keep the last of it. */
static void keep(struct text *printed, const char *bytes, size_t len)
{
	if (printed->len + len > MAX_PRINTED) {
		size_t gone =
			printed->len < MAX_PRINTED / 2 ? printed->len : MAX_PRINTED / 2;

		memmove(printed->bytes, printed->bytes + gone, printed->len - gone);
		printed->len -= gone;
	}
	text_add_bytes(printed, bytes, len);
}

static void read_output(struct traffic_process *process)
{
	char bytes[MAX_PRINTED / 4];
	ssize_t n;

	if (process->output < 0)
		return;
	n = read(process->output, bytes, sizeof(bytes));
	if (n > 0)
		keep(&process->printed, bytes, (size_t)n);
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
		close(process->output);
		process->output = -1;
	}
}

/* Its number stays its own until it is reaped: the group can still be ended. */
static bool has_ended(const struct traffic_process *process)
{
	siginfo_t info = {0};

	return waitid(P_PID, (id_t)process->pid, &info, WEXITED | WNOHANG | WNOWAIT) <
		       0 ||
	       info.si_pid != 0;
}

/* Wait a moment for anything. */
static void step(struct traffic_process *process)
{
	struct pollfd waits[] = {
		{.fd = process->handle, .events = POLLIN},
		{.fd = process->output, .events = POLLIN},
	};

	poll(waits, 2, TICK_MS);
	read_output(process);
	if (has_ended(process)) {
		process->has_ended = true;
		read_output(process); /* what came before its end */
	}
}

static bool is_over(const struct traffic_process *process, int64_t end)
{
	return process->has_ended || interrupted || now_ms() >= end;
}

bool traffic_process_wait(struct traffic_process *process, unsigned seconds)
{
	int64_t end = now_ms() + (int64_t)seconds * 1000;

	while (!is_over(process, end))
		step(process);
	return process->has_ended;
}

bool traffic_process_finish(struct traffic_process *process, unsigned seconds)
{
	if (traffic_process_wait(process, seconds))
		return true;
	traffic_process_ask(process);
	for (int64_t end = now_ms() + GRACE_MS; !process->has_ended && now_ms() < end;)
		step(process);
	return false;
}

static bool has_printed(const struct traffic_process *process, const char *text)
{
	return process->printed.len &&
	       memmem(process->printed.bytes, process->printed.len, text, strlen(text));
}

bool traffic_process_wait_text(struct traffic_process *process, const char *text,
	unsigned seconds)
{
	int64_t end = now_ms() + (int64_t)seconds * 1000;

	while (!has_printed(process, text) && !is_over(process, end))
		step(process);
	return has_printed(process, text);
}

static bool is_listening(unsigned port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool is = fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0;

	if (fd >= 0)
		close(fd);
	return is;
}

bool traffic_process_wait_port(struct traffic_process *process, unsigned port,
	unsigned seconds)
{
	int64_t end = now_ms() + (int64_t)seconds * 1000;
	bool is;

	while (!(is = is_listening(port)) && !is_over(process, end))
		step(process);
	return is && !process->has_ended;
}

void traffic_process_ask(const struct traffic_process *process)
{
	if (process->pid > 0)
		kill(process->pid, SIGTERM);
}

void traffic_process_close(struct traffic_process *process)
{
	int status = 0;

	if (process->pid > 0) {
		kill(-process->pid, SIGKILL);
		kill(process->pid, SIGKILL); /* it may not have made its group yet */
		while (waitpid(process->pid, &status, 0) < 0 && errno == EINTR)
			;
		process->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status)
						      : WEXITSTATUS(status);
		process->has_ended = true;
		if (process->output >= 0)
			close(process->output);
		if (process->handle >= 0)
			close(process->handle);
	}
	process->pid = 0;
	text_release(&process->printed);
}

/* The first of its children; 0: there is none, or nothing says so. */
static pid_t first_child(pid_t parent)
{
	char path[64], line[32] = "";
	FILE *stream;
	long pid;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)parent,
		(int)parent);
	stream = fopen(path, "re");
	if (!stream)
		return 0;
	pid = fgets(line, sizeof(line), stream) ? strtol(line, NULL, 10) : 0;
	fclose(stream);
	return pid > 0 ? (pid_t)pid : 0;
}

void traffic_process_end_orphans(void)
{
	pid_t pid;

	/* What they leave becomes ours when they are gone. */
	for (int i = 0; i < MAX_ORPHANS && (pid = first_child(getpid())); i++) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
}

int traffic_process_child(const struct traffic_process *process)
{
	pid_t pid = first_child(process->pid);

	return pid ? (int)syscall(SYS_pidfd_open, pid, 0) : -1;
}

bool traffic_process_is_over(struct traffic_process *process, int child)
{
	struct pollfd ended = {.fd = child, .events = POLLIN};

	process->has_ended = process->has_ended || has_ended(process);
	return process->has_ended || poll(&ended, 1, 0) > 0;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0';
}

void traffic_process_last_line(const struct traffic_process *process, struct text *out)
{
	const char *start = text_string(&process->printed);
	const char *end = start + process->printed.len, *at;

	text_clear(out);
	if (!process->printed.len)
		return;
	while (end > start && is_blank(end[-1]))
		end--;
	for (at = end; at > start && at[-1] != '\n';)
		at--;
	while (at < end && is_blank(*at))
		at++;
	text_add_bytes(out, at, end - at > MAX_LINE ? MAX_LINE : (size_t)(end - at));
}

bool traffic_process_line_after(const struct traffic_process *process, const char *mark,
	struct text *out)
{
	const char *at = text_string(&process->printed), *end = at + process->printed.len;
	size_t len = strlen(mark);
	bool is_there = false;

	while (at < end) {
		const char *line = at;
		const char *newline = memchr(line, '\n', (size_t)(end - line));

		at = newline ? newline + 1 : end;
		if ((size_t)(at - line) <= len || memcmp(line, mark, len) != 0)
			continue;
		text_clear(out);
		text_add_bytes(out, line + len, (size_t)(at - line) - len - !!newline);
		is_there = true;
	}
	return is_there;
}
