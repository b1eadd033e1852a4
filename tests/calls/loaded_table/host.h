struct host {
	int (*twice)(int);
	int (*hook)(int);
};

struct filter {
	const char *name;
	int (*run)(int);
};

struct plugin {
	const struct filter *filters;
	int (*start)(struct host *host);
};
