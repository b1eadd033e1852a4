/* polycall: talk to the polycall service, and keep its settings. */
#include "cli/command.h"
#include "core/story.h"

#include <stdio.h>

const struct command root_commands[] = {
	{"telemetry", NULL, "what the service is doing", NULL, telemetry_commands},
	{"config", NULL, "the settings", NULL, config_commands},
	{"queue", NULL, "the jobs", NULL, queue_commands},
	{"help", NULL, "list the commands", command_help, NULL},
	{NULL, NULL, NULL, NULL, NULL},
};

int main(int argc, char **argv)
{
	int status;

	story_begin("polycall", argc, argv);
	status = command_run(root_commands, argc - 1, argv + 1);
	story_end(status);

	if (fflush(stdout) != 0) {
		perror("polycall: error: cannot write the output");
		return 1;
	}
	return status;
}
