/* Negative: backends with a name and many functions, linked in a list; a word of the
 * environment chooses one of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct backend {
	struct backend *next;
	const char *name;
	int (*open)(const char *path);
	int (*read)(char *to, size_t size);
	int (*write)(const char *from, size_t size);
	void (*close)(void);
};

static int files_open(const char *path)
{
	return puts(path);
}
static int files_read(char *to, size_t size)
{
	*to = '\0';
	return size > 0;
}
static int files_write(const char *from, size_t size)
{
	return (int)fwrite(from, 1, size, stdout);
}
static void files_close(void)
{
}
static int debug_open(const char *path)
{
	fprintf(stderr, "open %s\n", path);
	return files_open(path);
}
static int debug_read(char *to, size_t size)
{
	fprintf(stderr, "read %zu\n", size);
	return files_read(to, size);
}

static struct backend files_backend = {
	NULL, "files", files_open, files_read, files_write, files_close};
static struct backend debug_backend = {
	.next = &files_backend,
	.name = "debug",
	.open = debug_open,
	.read = debug_read,
	.write = files_write,
	.close = files_close,
};

static struct backend *find_backend(const char *name)
{
	struct backend *b;

	for (b = &debug_backend; b; b = b->next)
		if (!strcmp(b->name, name))
			return b;
	fprintf(stderr, "unknown backend '%s'\n", name);
	exit(1);
}

int main(int argc, char **argv)
{
	const char *name = getenv("BACKEND");
	struct backend *backend = find_backend(name ? name : "files");
	char buffer[16];

	for (int i = 1; i < argc; i++) {
		if (backend->open(argv[i]) < 0)
			continue;
		if (backend->read(buffer, sizeof(buffer)) > 0)
			backend->write(buffer, strlen(buffer));
		backend->close();
	}
	return 0;
}
