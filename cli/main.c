/* The pcarch program: find the command that argv names, run it, check what it printed. */
#include "cli/command.h"

#include "cli/progress.h"
#include "core/arena.h"
#include "core/suggest.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio_ext.h>
#include <string.h>
#include <unistd.h>

extern const struct command cmd_scan, cmd_extract, cmd_link;
extern const struct command cmd_show, cmd_export, cmd_validate, cmd_doctor, cmd_build;
extern const struct command cmd_guid;
extern const struct command cmd_log, cmd_timeline, cmd_report, cmd_explain_guid;
extern const struct command cmd_trace, cmd_traffic, cmd_recover, cmd_merge, cmd_diff;
extern const struct command cmd_explain, cmd_help, cmd_completion;

const struct command *const commands[] = {
	&cmd_build,
	&cmd_scan,
	&cmd_show,
	&cmd_export,
	&cmd_guid,
	&cmd_log,
	&cmd_timeline,
	&cmd_explain_guid,
	&cmd_report,
	&cmd_trace,
	&cmd_traffic,
	&cmd_recover,
	&cmd_merge,
	&cmd_diff,
	&cmd_extract,
	&cmd_link,
	&cmd_doctor,
	&cmd_explain,
	&cmd_validate,
	&cmd_help,
	&cmd_completion,
	NULL,
};

static bool wants_version;

static const struct option *program_options(void)
{
	static const struct option options[] = {
		{0, "version", OPTION_FLAG, &wants_version, NULL, "print the version",
			NULL, 0, 0},
		{0},
	};

	return options;
}

const struct command program = {.options = program_options};

const struct command *command_find(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

const char *command_nearest(const char *name)
{
	struct suggestion suggestion = {.word = name};

	for (size_t i = 0; commands[i]; i++)
		suggestion_offer(&suggestion, commands[i]->name);
	return suggestion.nearest;
}

static void on_pipe(int signal_number)
{
	(void)signal_number;
}

/*
 * A reader that went away is an error of write(), not our end: `scan -o x | head` still
 * writes x. A handler rather than SIG_IGN, because the programs we start must not inherit
 * it.
 */
static void survive_closed_pipes(void)
{
	struct sigaction action = {.sa_handler = on_pipe, .sa_flags = SA_RESTART};

	sigemptyset(&action.sa_mask);
	sigaction(SIGPIPE, &action, NULL);
}

/*
 * Started with a standard stream closed, the next file opened would take its number, and
 * our messages would go into it. Opened the wrong way round, each use of the stream still
 * fails.
 */
static void fill_standard_streams(void)
{
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

static bool is_reader_gone(void)
{
	struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};

	return poll(&out, 1, 0) > 0 && (out.revents & POLLERR);
}

/* Close stdout, so that a full disk is seen, on NFS too; returns the exit code. */
static int finish_output(int code)
{
	bool failed = ferror(stdout), had_pending = __fpending(stdout) > 0;
	bool is_gone = is_reader_gone();

	errno = 0;
	if (fclose(stdout) == 0 || (errno == EBADF && !had_pending))
		errno = 0;
	else
		failed = true;
	/* With EXIT_USAGE the command has said what is wrong. */
	if (!failed || errno == EPIPE || is_gone || code == EXIT_USAGE)
		return code;
	/* The cause of a failure that stdio met earlier is not kept. */
	return usage_error(NULL, "cannot write to standard output: %s",
		errno ? strerror(errno) : "an earlier write failed; is the disk full?");
}

/* `ccache pcarch-cc -c x.c` stands where a compiler would: pcarch extract -- cc -c x.c */
static int run_as_compiler(const struct command *extract, int argc, char **argv)
{
	char name[] = "extract", partial[] = "--allow-partial", dashes[] = "--";
	char compiler[] = "cc";
	char **all = xmalloc(((size_t)argc + 4) * sizeof(*all));
	int code;

	all[0] = name;
	all[1] = partial; /* what a unit lacks is told by its facts */
	all[2] = dashes;
	all[3] = compiler;
	for (int i = 1; i <= argc; i++) /* the NULL too */
		all[i + 3] = argv[i];
	code = extract->run(argc + 3, all);
	free(all);
	return code;
}

static int run_command(int argc, char **argv)
{
	const struct command *command = command_find(argv[0]);
	const char *nearest = command_nearest(argv[0]);

	if (command && options_wants_help()) {
		options_help(command);
		return EXIT_CLEAN;
	}
	if (command) {
		progress_set_title(command->name);
		return command->run(argc, argv);
	}
	if (nearest)
		return usage_error(NULL, "unknown command '%s'; did you mean '%s'?",
			argv[0], nearest);
	return usage_error(NULL, "unknown command '%s'; 'pcarch --help' lists them",
		argv[0]);
}

static int run(int argc, char **argv)
{
	const char *self = argc ? basename(argv[0]) : "pcarch";
	const struct command *extract = command_find("extract");
	int code;

	if (extract && strcmp(self, "pcarch-cc") == 0)
		return run_as_compiler(extract, argc, argv);
	code = options_parse_leading(&program, &argc, &argv);
	if (code >= 0)
		return code;
	if (wants_version) {
		puts("pcarch " PCARCH_VERSION);
		return EXIT_CLEAN;
	}
	if (argc)
		return run_command(argc, argv);
	program_help(options_wants_help() ? stdout : stderr);
	return options_wants_help() ? EXIT_CLEAN : EXIT_USAGE;
}

int main(int argc, char **argv)
{
	fill_standard_streams();
	survive_closed_pipes();
	setlocale(LC_CTYPE, ""); /* and no other: numbers in files have points */
	return finish_output(run(argc, argv));
}
