/* polycall queue: hand jobs to the service. */
#include "cli/command.h"
#include "core/failure.h"
#include "core/http_client.h"

#include <stdio.h>

static int queue_publish_job(int argc, char **argv)
{
	struct http_reply reply;
	struct failure why;
	char job[1024];

	if (argc != 2)
		return command_usage("queue publish KIND TEXT");
	if (snprintf(job, sizeof(job), "%s %s", argv[0], argv[1]) >= (int)sizeof(job))
		return command_failed("queue publish", "the text is too long");
	if (!http_request("POST", "/jobs", job, &reply, &why))
		return command_failed("queue publish", why.text);
	if (reply.status != 202)
		return command_failed("queue publish", reply.body);
	printf("%s\n", reply.body);
	return 0;
}

const struct command queue_commands[] = {
	{"publish", "KIND TEXT", "give a job to the workers", queue_publish_job, NULL},
	{NULL, NULL, NULL, NULL, NULL},
};
