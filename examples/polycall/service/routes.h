/* What the service answers: a table of methods, paths and handlers. */
#ifndef POLYCALL_SERVICE_ROUTES_H
#define POLYCALL_SERVICE_ROUTES_H

#include "amqp/broker.h"

enum {
	JOB_SIZE = 1024
};

struct service {
	struct broker broker; /* opened by the first job */
	unsigned long nrequests, njobs;
};

/* A request whose body is complete. */
struct request {
	char body[JOB_SIZE];
	size_t len;
	bool is_cut; /* the body was longer */
};

struct response {
	int status;
	char text[512];
};

/* Find the route of `method` and `path` and let its handler fill `response`. */
void routes_answer(struct service *service, const char *method, const char *path,
	const struct request *request, struct response *response);

#endif
