#include "tracer/build.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/module_path.h"
#include "core/text.h"
#include "tracer/recorder/record.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char recorder_name[] = "libpcarch-recorder.so";

/* What a build's processes are told, for as long as it runs. */
struct recording {
	const char *directory; /* temporary; NULL: not made */
	const char *file; /* in it: that compilers append to */
	const char *recorder; /* the shared object, by a path fit for LD_PRELOAD */
	bool is_linked; /* `recorder` is a link in `directory` */
};

static void recording_release(struct recording *recording)
{
	if (!recording->directory)
		return;
	unlink(recording->file);
	if (recording->is_linked)
		unlink(recording->recorder);
	rmdir(recording->directory);
}

#define scoped_recording __attribute__((cleanup(recording_release))) struct recording

/* LD_PRELOAD is split at spaces and colons, and $ORIGIN and its like are replaced. */
static bool is_fit_to_preload(const char *path)
{
	return !strpbrk(path, " \t\n:;$");
}

static bool find_recorder(struct arena *arena, struct recording *recording,
	struct error *err)
{
	scoped_text path = {0};

	if (!module_path(recorder_name, &path))
		return error_set(err, (struct location){0},
			"cannot find %s, which watches the build, at %s; install pcarch again",
			recorder_name, path.bytes);
	recording->recorder = arena_strdup(arena, path.bytes);
	if (is_fit_to_preload(path.bytes))
		return true;
	recording->recorder =
		arena_printf(arena, "%s/%s", recording->directory, recorder_name);
	recording->is_linked = symlink(path.bytes, recording->recorder) == 0;
	return recording->is_linked ||
	       error_set_errno(err, "create", recording->recorder, NULL);
}

static bool recording_open(struct recording *recording, struct arena *arena,
	struct error *err)
{
	const char *base = getenv("TMPDIR");
	char *directory;
	int fd;

	if (!base || base[0] != '/' || !is_fit_to_preload(base))
		base = "/tmp";
	directory = arena_printf(arena, "%s/pcarch-build-XXXXXX", base);
	if (!mkdtemp(directory))
		return error_set_errno(err, "create", directory,
			"set TMPDIR to a directory with room");
	recording->directory = directory;
	recording->file = arena_printf(arena, "%s/records", directory);
	fd = open(recording->file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return error_set_errno(err, "create", recording->file, NULL);
	close(fd);
	return find_recorder(arena, recording, err);
}

/* "NAME=VALUE", with what NAME was behind it, or before it. */
static char *setting(struct arena *arena, const char *name, const char *value,
	bool is_first)
{
	const char *old = getenv(name);

	if (!old || !*old)
		return arena_printf(arena, "%s=%s", name, value);
	return arena_printf(arena, "%s=%s:%s", name, is_first ? value : old,
		is_first ? old : value);
}

static bool is_same_name(const char *variable, const char *other)
{
	return strncmp(variable, other, strcspn(other, "=") + 1) == 0;
}

/* Ours with three variables set. */
static char **environment(struct arena *arena, const struct recording *recording)
{
	/* Programs built with AddressSanitizer refuse to run behind a preloaded object,
	 * and a build may run what it built. */
	char *const settings[] = {
		arena_printf(arena, "%s=%s", RECORD_VARIABLE, recording->file),
		setting(arena, "LD_PRELOAD", recording->recorder, true),
		setting(arena, "ASAN_OPTIONS", "verify_asan_link_order=0", false),
	};
	enum {
		NSETTINGS = sizeof(settings) / sizeof(settings[0])
	};
	size_t count = 0, n = 0;
	char **all;

	while (environ[count])
		count++;
	all = arena_alloc(arena, (count + NSETTINGS + 1) * sizeof(*all));
	for (size_t i = 0; i < count; i++) {
		bool is_set = false;

		for (size_t k = 0; k < NSETTINGS; k++)
			is_set = is_set || is_same_name(environ[i], settings[k]);
		if (!is_set)
			all[n++] = environ[i];
	}
	memcpy(all + n, settings, sizeof(settings));
	return all;
}

static const int passed_signals[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};

enum {
	NSIGNALS = sizeof(passed_signals) / sizeof(passed_signals[0])
};

static volatile sig_atomic_t child;

/* What a terminal sends goes to all of its foreground group, the build included. */
static void pass_on(int number, siginfo_t *info, void *context)
{
	int saved = errno;

	(void)context;
	if (info->si_code != SI_KERNEL && child > 0)
		kill(child, number);
	errno = saved;
}

static void catch_signals(struct sigaction old[NSIGNALS])
{
	struct sigaction action = {
		.sa_sigaction = pass_on, .sa_flags = SA_SIGINFO | SA_RESTART};

	sigemptyset(&action.sa_mask);
	for (int i = 0; i < NSIGNALS; i++) {
		sigaction(passed_signals[i], NULL, &old[i]);
		if (old[i].sa_handler != SIG_IGN) /* nohup stays nohup */
			sigaction(passed_signals[i], &action, NULL);
	}
}

static void restore_signals(const struct sigaction old[NSIGNALS])
{
	for (int i = 0; i < NSIGNALS; i++)
		sigaction(passed_signals[i], &old[i], NULL);
}

/* Start `argv`: 0, or an errno. No signal is lost before `child` is known. */
static int start(char *const *argv, char **variables)
{
	posix_spawnattr_t attributes;
	sigset_t passed, before;
	pid_t pid = 0;
	int failure;

	sigemptyset(&passed);
	for (int i = 0; i < NSIGNALS; i++)
		sigaddset(&passed, passed_signals[i]);
	sigprocmask(SIG_BLOCK, &passed, &before);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &before);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	failure = posix_spawnp(&pid, argv[0], NULL, &attributes, argv, variables);
	posix_spawnattr_destroy(&attributes);
	child = failure ? 0 : pid;
	sigprocmask(SIG_SETMASK, &before, NULL);
	return failure;
}

/* The number may be another process's as soon as it is reaped: forget it before. */
static int wait_for_child(void)
{
	pid_t pid = child;
	siginfo_t info;
	int status = 0;

	while (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) < 0 && errno == EINTR)
		;
	child = 0;
	waitpid(pid, &status, 0);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static bool run(char *const *argv, char **variables, struct build *build,
	struct error *err)
{
	struct sigaction old[NSIGNALS];
	int failure;

	catch_signals(old);
	failure = start(argv, variables);
	if (!failure)
		build->status = wait_for_child();
	restore_signals(old);
	if (!failure)
		return true;
	build->status = failure == ENOENT ? BUILD_NOT_FOUND : BUILD_CANNOT_RUN;
	errno = failure;
	return error_set_errno(err, "run", argv[0],
		"give the build's command after '--'");
}

bool build_run(struct arena *arena, char *const *argv, struct build *out,
	struct error *err)
{
	scoped_recording recording = {0};
	scoped_map map = {"", 0};

	out->status = 0;
	if (!recording_open(&recording, arena, err) ||
		!run(argv, environment(arena, &recording), out, err) ||
		!file_map(recording.file, &map, err))
		return false;
	records_read(arena, map.bytes, map.size, &out->records);
	return true;
}
