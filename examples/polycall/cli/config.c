/* polycall config: read and change the settings. */
#include "cli/command.h"
#include "core/failure.h"
#include "core/settings.h"

#include <stdio.h>

static bool print_setting(void *context, const char *name, const char *value)
{
	fprintf(context, "%s=%s\n", name, value);
	return true;
}

static int config_get(int argc, char **argv)
{
	char value[SETTING_VALUE_SIZE];

	if (argc > 1)
		return command_usage("config get [NAME]");
	if (argc == 0) {
		settings_each(print_setting, stdout);
		return 0;
	}
	if (!settings_get(argv[0], value))
		return command_failed("config get", "no such setting");
	printf("%s\n", value);
	return 0;
}

static int config_set(int argc, char **argv)
{
	struct failure why;

	if (argc != 2)
		return command_usage("config set NAME VALUE");
	if (!settings_set(argv[0], argv[1], &why))
		return command_failed("config set", why.text);
	return 0;
}

const struct command config_commands[] = {
	{"get", "[NAME]", "show one setting, or all that were set", config_get, NULL},
	{"set", "NAME VALUE", "change a setting", config_set, NULL},
	{NULL, NULL, NULL, NULL, NULL},
};
