/* Units that add themselves before main, each by the same macro: nothing names them anywhere else. */
struct plugin {
	const char *name;
	int (*run)(int);
	struct plugin *next;
};

extern struct plugin *plugins;

#define PLUGIN(name, function) \
	static struct plugin plugin_##function = {name, function, 0}; \
	__attribute__((constructor)) static void register_##function(void) \
	{ \
		plugin_##function.next = plugins; \
		plugins = &plugin_##function; \
	} \
	_Static_assert(1, "so that a semicolon may follow")
