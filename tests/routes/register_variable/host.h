#ifndef HOST_H
#define HOST_H

typedef int command_fn(int argc, char **argv);

struct host_api {
	int version;
	void (*add)(const char *name, command_fn *fn);
	void (*log)(const char *text);
};

extern void (*add_command)(const char *name, command_fn *fn);
void media_init(const struct host_api *api);

#endif
