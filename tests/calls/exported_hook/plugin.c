/* plugin: plugin.so */
int plugin_init(void);
int host_register(int (*f)(int));
extern int (*plugin_hook)(int);

static int from_plugin(int x)
{
	return x + 2;
}

static int other_of_plugin(int x)
{
	return x + 4;
}

int plugin_init(void)
{
	plugin_hook = other_of_plugin;
	return host_register(from_plugin);
}
