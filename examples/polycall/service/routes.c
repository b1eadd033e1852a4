#include "service/routes.h"

#include "core/failure.h"
#include "core/story.h"

#include <stdio.h>
#include <string.h>

typedef void route_fn(struct service *service, const struct request *request,
	struct response *response);

struct route {
	const char *method, *path, *name;
	route_fn *handle;
};

static void get_status(struct service *service, const struct request *request,
	struct response *response)
{
	(void)request;
	response->status = 200;
	snprintf(response->text, sizeof(response->text),
		"requests: %lu\njobs: %lu\nbroker: %s\n", service->nrequests,
		service->njobs, service->broker.connection ? "connected" : "not used");
}

static bool publish(struct service *service, const char *job, struct failure *why)
{
	if (!service->broker.connection && !broker_open(&service->broker, why))
		return false;
	if (broker_publish(&service->broker, "polycall.jobs", job, why))
		return true;
	broker_close(&service->broker); /* the next job connects again */
	return false;
}

static void post_job(struct service *service, const struct request *request,
	struct response *response)
{
	struct failure why;

	if (request->is_cut || !memchr(request->body, ' ', request->len)) {
		response->status = 400;
		snprintf(response->text, sizeof(response->text),
			"a job is KIND TEXT, of at most %d bytes", JOB_SIZE - 1);
		return;
	}
	if (!publish(service, request->body, &why)) {
		response->status = 503;
		snprintf(response->text, sizeof(response->text), "%s", why.text);
		return;
	}
	response->status = 202;
	snprintf(response->text, sizeof(response->text), "job %lu", ++service->njobs);
}

static const struct route routes[] = {
	{"GET", "/status", "GET /status", get_status},
	{"POST", "/jobs", "POST /jobs", post_job},
};

void routes_answer(struct service *service, const char *method, const char *path,
	const struct request *request, struct response *response)
{
	bool is_path = false;

	service->nrequests++;
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
		if (strcmp(routes[i].path, path) != 0)
			continue;
		is_path = true;
		if (strcmp(routes[i].method, method) == 0) {
			story_route(routes[i].name);
			routes[i].handle(service, request, response);
			return;
		}
	}
	story_route(NULL);
	response->status = is_path ? 405 : 404;
	snprintf(response->text, sizeof(response->text), "%s",
		is_path ? "the method is not allowed here" : "no such path");
}
