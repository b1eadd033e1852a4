/* A menu is a struct whose rows are its last member; submenus hang in a list and are
 * chosen by their names. */
#include <stdio.h>
#include <string.h>

struct menu_entry {
	const char *cmd;
	const char *arg;
	void (*const func)(int argc, char *argv[]);
	const char *desc;
	char **(*gen)(const char *text, int state);
};

struct menu {
	const char *name;
	const char *desc;
	const struct menu_entry entries[8];
};

static void cmd_power(int argc, char *argv[])
{
	puts(__func__);
}
static void cmd_pair(int argc, char *argv[])
{
	puts(__func__);
}
static void cmd_uuids(int argc, char *argv[])
{
	puts(__func__);
}
static void cmd_clear(int argc, char *argv[])
{
	puts(__func__);
}
static char **dev_generator(const char *text, int state)
{
	puts(__func__);
	return NULL;
}

static const struct menu advertise_menu = {
	.name = "advertise",
	.desc = "Advertise Options Submenu",
	.entries = {{"uuids", "[uuid1 uuid2 ...]", cmd_uuids, "Set/Get advertise uuids"},
		{"clear", "[uuids/service/...]", cmd_clear, "Clear advertise config"},
		{}},
};

static const struct menu main_menu = {
	.name = "main",
	.entries = {{"power", "<on/off>", cmd_power, "Set controller power"},
		{"pair", "[dev]", cmd_pair, "Pair with device", dev_generator}, {}},
};

static const struct menu *submenus[4];
static int nsubmenus;

static void add_submenu(const struct menu *menu)
{
	submenus[nsubmenus++] = menu;
}

static int exec_entries(const struct menu_entry *entry, int argc, char *argv[])
{
	for (; entry->cmd; entry++) {
		if (strcmp(argv[0], entry->cmd))
			continue;
		if (entry->gen && argc > 1 && !strcmp(argv[1], "?"))
			entry->gen("", 0);
		entry->func(argc, argv);
		return 0;
	}
	return -1;
}

static int shell_exec(const struct menu *menu, int argc, char *argv[])
{
	if (argc < 1)
		return 0;
	if (exec_entries(menu->entries, argc, argv) == 0)
		return 0;
	for (int i = 0; i < nsubmenus; i++)
		if (!strcmp(submenus[i]->name, argv[0]))
			return argc > 1 ? exec_entries(submenus[i]->entries, argc - 1,
						  argv + 1)
					: 0;
	printf("Invalid command\n");
	return 1;
}

int main(int argc, char *argv[])
{
	add_submenu(&advertise_menu);
	return shell_exec(&main_menu, argc - 1, argv + 1);
}
