/* Negative: the value of a setting, from a file or from an option, says which function
 * looks at objects later. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int (*hint_fn)(unsigned object);

static int blob_only(unsigned object)
{
	return (object & 3) == 1;
}
static int commit_only(unsigned object)
{
	return (object & 3) == 2;
}

static hint_fn default_hint;

static int set_hint(const char *name, const char *value)
{
	static const struct {
		const char *name;
		hint_fn fn;
	} hints[] = {{"none", NULL}, {"blob", blob_only}, {"commit", commit_only}};

	for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]); i++) {
		if (!strcasecmp(value, hints[i].name)) {
			default_hint = hints[i].fn;
			return 0;
		}
	}
	fprintf(stderr, "unknown hint for '%s': %s\n", name, value);
	return -1;
}

static int set(const char *name, const char *value)
{
	if (!strcmp(name, "core.disambiguate"))
		return set_hint(name, value);
	return 0;
}

static void read_settings(const char *path)
{
	char name[64], value[64];
	FILE *in = fopen(path, "r");

	if (!in)
		return;
	while (fscanf(in, "%63s = %63s", name, value) == 2)
		set(name, value);
	fclose(in);
}

int main(int argc, char **argv)
{
	int count = 0;

	read_settings("/nonexistent/settings");
	for (int i = 1; i < argc; i++) {
		char *equal = strchr(argv[i], '=');

		if (equal) {
			*equal = '\0';
			set(argv[i], equal + 1);
		} else if (!default_hint || default_hint(strtoul(argv[i], NULL, 16))) {
			count++;
		}
	}
	printf("%d\n", count);
	return 0;
}
