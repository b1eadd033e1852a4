/* Negative: drivers with names and functions, chosen by what a file of the system says.
 */
#include <stdio.h>
#include <string.h>

struct driver {
	const char *name;
	int (*probe)(const char *bus);
	int (*read)(void);
	void (*remove)(void);
};

static int cpu_probe(const char *bus)
{
	return 0;
}
static int cpu_read(void)
{
	return 40;
}
static int disk_probe(const char *bus)
{
	return 0;
}
static int disk_read(void)
{
	return 30;
}
static void disk_remove(void)
{
}

static const struct driver cpu_driver = {"coretemp", cpu_probe, cpu_read, NULL};
static const struct driver disk_driver = {.name = "drivetemp",
	.probe = disk_probe,
	.read = disk_read,
	.remove = disk_remove};
static const struct driver *const drivers[] = {&cpu_driver, &disk_driver, NULL};

int main(int argc, char **argv)
{
	char name[32], path[256];
	FILE *in;

	for (int i = 1; i < argc; i++) {
		snprintf(path, sizeof(path), "/sys/class/hwmon/%s/name", argv[i]);
		in = fopen(path, "r");
		if (!in)
			continue;
		if (fscanf(in, "%31s", name) == 1)
			for (const struct driver *const *d = drivers; *d; d++)
				if (!strcmp((*d)->name, name) &&
					(*d)->probe(argv[i]) == 0) {
					printf("%s: %d\n", argv[i], (*d)->read());
					if ((*d)->remove)
						(*d)->remove();
				}
		fclose(in);
	}
	return 0;
}
