#include "tracer/runtime/launch.h"

#ifdef PCARCH_STATIC

/* There is no other library's function behind one's own: the environment stays as it is.
 */
void launch_init(void)
{
}

#else

#include "tracer/runtime/settings.h"

#include <alloca.h>
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * These run in children of vfork, and in handlers: they write nothing but their own
 * stack. An environment or command line that is larger than this is passed on as it is.
 */
enum {
	MAX_POINTERS = 32 << 10,
};

typedef int spawn_function(pid_t *restrict, const char *restrict,
	const posix_spawn_file_actions_t *restrict, const posix_spawnattr_t *restrict,
	char *const[restrict], char *const[restrict]);

/* libc's own, or those of another library that stands before it. */
static struct {
	int (*execve)(const char *, char *const[], char *const[]);
	int (*execvpe)(const char *, char *const[], char *const[]);
	int (*fexecve)(int, char *const[], char *const[]);
	int (*execveat)(int, const char *, char *const[], char *const[], int);
	spawn_function *spawn, *spawnp;
} real;

void launch_init(void)
{
	real.execve = dlsym(RTLD_NEXT, "execve");
	real.execvpe = dlsym(RTLD_NEXT, "execvpe");
	real.fexecve = dlsym(RTLD_NEXT, "fexecve");
	real.execveat = dlsym(RTLD_NEXT, "execveat");
	real.spawn = dlsym(RTLD_NEXT, "posix_spawn");
	real.spawnp = dlsym(RTLD_NEXT, "posix_spawnp");
}

static size_t count_pointers(char *const *pointers)
{
	size_t count = 0;

	while (pointers && count < MAX_POINTERS && pointers[count])
		count++;
	return count;
}

/* What the program has set itself, empty for example, stays. */
static bool has_variable(char *const *envp, const char *variable)
{
	size_t len = (size_t)(strchr(variable, '=') - variable) + 1;

	for (size_t i = 0; envp && envp[i]; i++)
		if (strncmp(envp[i], variable, len) == 0)
			return true;
	return false;
}

static size_t count_missing(char *const *envp)
{
	size_t count = 0;

	for (size_t i = 0; i < settings.nvariables; i++)
		count += !has_variable(envp, settings.variables[i]);
	return count;
}

/* Room for both is in `out`. */
static char *const *add_missing(char *const *envp, size_t count, char **out)
{
	for (size_t i = 0; i < count; i++)
		out[i] = envp[i];
	for (size_t i = 0; i < settings.nvariables; i++)
		if (!has_variable(envp, settings.variables[i]))
			out[count++] = (char *)settings.variables[i];
	out[count] = NULL;
	return out;
}

/* `envp` with what is missing of ours, in the caller's frame. */
#define COMPLETE(envp)                                                                  \
	({                                                                              \
		char *const *complete_ = (envp);                                        \
		size_t count_ = count_pointers(complete_);                              \
		size_t missing_ = count_ < MAX_POINTERS ? count_missing(complete_) : 0; \
                                                                                        \
		if (missing_)                                                           \
			complete_ = add_missing(complete_, count_,                      \
				alloca((count_ + missing_ + 1) * sizeof(char *)));      \
		complete_;                                                              \
	})

#define EXPORTED __attribute__((visibility("default")))

EXPORTED int execve(const char *path, char *const argv[], char *const envp[])
{
	char *const *complete = COMPLETE(envp);

	if (!real.execve)
		return (int)syscall(SYS_execve, path, argv, complete);
	return real.execve(path, argv, complete);
}

EXPORTED int execv(const char *path, char *const argv[])
{
	return execve(path, argv, environ);
}

EXPORTED int execvpe(const char *file, char *const argv[], char *const envp[])
{
	if (!real.execvpe) {
		errno = ENOSYS;
		return -1;
	}
	return real.execvpe(file, argv, COMPLETE(envp));
}

EXPORTED int execvp(const char *file, char *const argv[])
{
	return execvpe(file, argv, environ);
}

EXPORTED int fexecve(int fd, char *const argv[], char *const envp[])
{
	if (!real.fexecve) {
		errno = ENOSYS;
		return -1;
	}
	return real.fexecve(fd, argv, COMPLETE(envp));
}

EXPORTED int execveat(int fd, const char *path, char *const argv[], char *const envp[],
	int flags)
{
	char *const *complete = COMPLETE(envp);

	if (!real.execveat)
		return (int)syscall(SYS_execveat, fd, path, argv, complete, flags);
	return real.execveat(fd, path, argv, complete, flags);
}

/* The words after `first`, up to the NULL, in the caller's frame. */
#define COLLECT(argv, args, first)                              \
	do {                                                    \
		size_t count_ = 1;                              \
                                                                \
		va_start(args, first);                          \
		while (va_arg(args, char *))                    \
			count_++;                               \
		va_end(args);                                   \
		(argv) = alloca((count_ + 1) * sizeof(char *)); \
		(argv)[0] = (char *)(first);                    \
		va_start(args, first);                          \
		for (size_t i_ = 1; i_ <= count_; i_++)         \
			(argv)[i_] = va_arg(args, char *);      \
	} while (0)

EXPORTED int execl(const char *path, const char *arg, ...)
{
	char **argv;
	va_list args;

	COLLECT(argv, args, arg);
	va_end(args);
	return execve(path, argv, environ);
}

EXPORTED int execlp(const char *file, const char *arg, ...)
{
	char **argv;
	va_list args;

	COLLECT(argv, args, arg);
	va_end(args);
	return execvpe(file, argv, environ);
}

EXPORTED int execle(const char *path, const char *arg, ...)
{
	char **argv, **envp;
	va_list args;

	COLLECT(argv, args, arg);
	envp = va_arg(args, char **);
	va_end(args);
	return execve(path, argv, envp);
}

// NOLINTBEGIN(readability-function-size): their parameters are POSIX's
EXPORTED int posix_spawn(pid_t *restrict pid, const char *restrict path,
	const posix_spawn_file_actions_t *restrict actions,
	const posix_spawnattr_t *restrict attributes, char *const argv[restrict],
	char *const envp[restrict])
{
	if (!real.spawn)
		return ENOSYS;
	return real.spawn(pid, path, actions, attributes, argv, COMPLETE(envp));
}

EXPORTED int posix_spawnp(pid_t *restrict pid, const char *restrict file,
	const posix_spawn_file_actions_t *restrict actions,
	const posix_spawnattr_t *restrict attributes, char *const argv[restrict],
	char *const envp[restrict])
{
	if (!real.spawnp)
		return ENOSYS;
	return real.spawnp(pid, file, actions, attributes, argv, COMPLETE(envp));
}
// NOLINTEND(readability-function-size)

#endif
