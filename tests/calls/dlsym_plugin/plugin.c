/* plugin: plugin.so */
int plugin_start(int x);

int plugin_start(int x)
{
	return x + 1;
}

static int plugin_run(int x)
{
	return x + 2;
}

struct {
	int version;
	int (*run)(int);
} plugin = {1, plugin_run};
