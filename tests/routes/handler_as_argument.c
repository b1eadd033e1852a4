/* A branch hands its handler, and a function that explains it, to a helper that finds the
 * device first. */
#include <stdio.h>
#include <string.h>

struct device {
	char name[16];
};

typedef int (*device_cb)(struct device *dev, int argc, char **argv);

static void usage_set(void)
{
	puts("set DEV NAME VALUE");
}
static void usage_show(void)
{
	puts("show DEV");
}

static int with_device(int argc, char **argv, device_cb cb, void (*usage)(void))
{
	struct device dev = {""};

	if (argc < 1) {
		usage();
		return 1;
	}
	snprintf(dev.name, sizeof(dev.name), "%s", argv[0]);
	return cb(&dev, argc - 1, argv + 1);
}

static int set_device(struct device *dev, int argc, char **argv)
{
	puts(__func__);
	return 0;
}
static int show_device(struct device *dev, int argc, char **argv)
{
	puts(__func__);
	return 0;
}
static int reset_device(struct device *dev, int argc, char **argv)
{
	puts(__func__);
	return 0;
}
static int list_devices(void)
{
	puts(__func__);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return list_devices();
	argc -= 2;
	argv += 2;
	if (!strcmp(argv[-1], "set"))
		return with_device(argc, argv, set_device, usage_set);
	if (!strcmp(argv[-1], "show"))
		return with_device(argc, argv, show_device, usage_show);
	if (!strcmp(argv[-1], "reset"))
		return with_device(argc, argv, reset_device, usage_show);
	if (!strcmp(argv[-1], "list"))
		return list_devices();
	return 1;
}
