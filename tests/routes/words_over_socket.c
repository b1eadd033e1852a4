/*
 * A client packs its arguments into a message, and the server, which is the same program,
 * takes them out of it and looks up the command; the lines of its configuration file are
 * commands, too.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct message {
	unsigned short type, length;
	int argc;
};

enum {
	MSG_COMMAND = 200,
	MSG_EXIT
};

struct item {
	int argc;
	char **argv;
};

struct entry {
	const char *name, *alias;
	int (*exec)(struct item *item);
};

static int exec_display(struct item *item)
{
	return puts(__func__) < 0;
}
static int exec_source(struct item *item);
static int exec_bind(struct item *item)
{
	return puts(__func__) < 0;
}

static const struct entry display = {"display-message", "display", exec_display};
static const struct entry source = {"source-file", "source", exec_source};
static const struct entry bind_key = {.name = "bind-key",
	.exec = exec_bind,
	.alias = "bind"};
static const struct entry *const table[] = {&bind_key, &display, &source, NULL};

static const struct entry *find_entry(const char *name)
{
	const struct entry *const *loop, *found = NULL;

	for (loop = table; *loop; loop++) {
		if ((*loop)->alias && strcmp((*loop)->alias, name) == 0)
			return *loop;
		if (strncmp((*loop)->name, name, strlen(name)) == 0) {
			if (found)
				return NULL;
			found = *loop;
		}
	}
	return found;
}

static int run_item(struct item *item)
{
	const struct entry *entry = item->argc ? find_entry(item->argv[0]) : NULL;

	if (!entry) {
		fprintf(stderr, "unknown command\n");
		return 1;
	}
	return entry->exec(item);
}

static int load_file(const char *path)
{
	char line[256], *words[8];
	FILE *in = fopen(path, "r");
	struct item item = {0, words};

	while (in && fgets(line, sizeof(line), in)) {
		item.argc = 0;
		for (char *w = strtok(line, " \n"); w && item.argc < 8;
			w = strtok(NULL, " \n"))
			words[item.argc++] = w;
		run_item(&item);
	}
	return in ? fclose(in) : 0;
}

static int exec_source(struct item *item)
{
	puts(__func__);
	return load_file(item->argc > 1 ? item->argv[1] : "/nonexistent/source.conf");
}

static int pack_argv(int argc, char **argv, char *buffer, size_t size)
{
	size_t used = 0;

	for (int i = 0; i < argc; i++) {
		size_t n = strlen(argv[i]) + 1;

		if (used + n > size)
			return -1;
		memcpy(buffer + used, argv[i], n);
		used += n;
	}
	return used;
}

static char **unpack_argv(char *buffer, size_t length, int argc)
{
	char **argv = calloc(argc + 1, sizeof(*argv));

	for (int i = 0; argv && i < argc && length; i++) {
		size_t n = strnlen(buffer, length);

		argv[i] = strndup(buffer, n);
		n += n < length;
		buffer += n;
		length -= n;
	}
	return argv;
}

static int dispatch(int fd)
{
	char buffer[512];
	ssize_t n = read(fd, buffer, sizeof(buffer));
	struct message message;
	struct item item;

	if (n < (ssize_t)sizeof(message))
		return 1;
	memcpy(&message, buffer, sizeof(message));
	switch (message.type) {
	case MSG_COMMAND:
		item.argc = message.argc;
		item.argv = unpack_argv(buffer + sizeof(message), n - sizeof(message),
			message.argc);
		return item.argv ? run_item(&item) : 1;
	case MSG_EXIT:
		return 0;
	}
	return 1;
}

int main(int argc, char **argv)
{
	char buffer[512];
	struct message message = {MSG_COMMAND, 0, argc - 1};
	int pair[2], n;

	load_file("/nonexistent/server.conf");
	n = pack_argv(argc - 1, argv + 1, buffer + sizeof(message),
		sizeof(buffer) - sizeof(message));
	if (n < 0 || socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) != 0)
		return 1;
	message.length = n;
	memcpy(buffer, &message, sizeof(message));
	if (write(pair[0], buffer, sizeof(message) + n) < 0)
		return 1;
	return dispatch(pair[1]);
}
