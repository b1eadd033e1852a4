struct host_api {
	int version;
	int (*log)(const char *text);
	void (*add)(const char *name, int (*run)(int));
};

struct plugin_api {
	int (*start)(const struct host_api *host);
	void (*stop)(void);
};
