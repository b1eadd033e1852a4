/* Macros make the row, its variable and the name of the handler from one word. */
#include <stdio.h>
#include <string.h>

struct cmd_struct {
	const char *token;
	int (*fn)(const struct cmd_struct *cmd, int argc, char **argv);
	const char *const *usage;
	int flags;
};

#define NAMED_COMMAND(name, token, flags)                    \
	static const struct cmd_struct cmd_struct_##name = { \
		token, cmd_##name, cmd_##name##_usage, flags}
#define COMMAND(name, token) NAMED_COMMAND(name, token, 0)

static const char *const cmd_volume_create_usage[] = {"volume-create PATH", NULL};
static int cmd_volume_create(const struct cmd_struct *cmd, int argc, char **argv)
{
	puts(__func__);
	return 0;
}
COMMAND(volume_create, "volume-create");

static const char *const cmd_volume_delete_usage[] = {"volume-delete PATH", NULL};
static int cmd_volume_delete(const struct cmd_struct *cmd, int argc, char **argv)
{
	puts(__func__);
	return 0;
}
NAMED_COMMAND(volume_delete, "volume-delete", 1);

static const char *const cmd_sync_usage[] = {"sync", NULL};
static int cmd_sync(const struct cmd_struct *cmd, int argc, char **argv)
{
	puts(__func__);
	return 0;
}
COMMAND(sync, "sync");

static const struct cmd_struct *const all[] = {
	&cmd_struct_volume_create,
	&cmd_struct_volume_delete,
	&cmd_struct_sync,
};

int main(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof(all) / sizeof(*all); i++)
		if (!strcmp(all[i]->token, argv[1]))
			return all[i]->fn(all[i], argc - 1, argv + 1);
	return 1;
}
