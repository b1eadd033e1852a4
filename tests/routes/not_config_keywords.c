/* Negative: the keywords of a configuration file, each with the function that reads its
 * values. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct settings {
	int port;
	char log_file[64];
};

static int parse_port(struct settings *s, char *value)
{
	s->port = atoi(value);
	return s->port > 0;
}
static int parse_log(struct settings *s, char *value)
{
	snprintf(s->log_file, sizeof(s->log_file), "%s", value);
	return 1;
}
static int parse_server(struct settings *s, char *value)
{
	return *value != '\0';
}

static const struct keyword {
	const char *name;
	int (*parse)(struct settings *s, char *value);
} keywords[] = {
	{"port", parse_port},
	{"logfile", parse_log},
	{"server", parse_server},
	{NULL, NULL},
};

static int parse_line(struct settings *s, char *line)
{
	char *value = line + strcspn(line, " \t\n");

	if (*value)
		*value++ = '\0';
	for (const struct keyword *k = keywords; k->name; k++)
		if (!strcasecmp(k->name, line))
			return k->parse(s, value);
	return 0;
}

static void read_config(struct settings *s, const char *path)
{
	char line[256];
	int number = 0;
	FILE *in = fopen(path, "r");

	if (!in)
		return;
	while (fgets(line, sizeof(line), in)) {
		number++;
		if (line[0] != '#' && !parse_line(s, line))
			fprintf(stderr, "%s:%d: invalid directive\n", path, number);
	}
	fclose(in);
}

int main(int argc, char **argv)
{
	struct settings s = {.port = 80};

	read_config(&s, argc > 1 ? argv[1] : "/etc/served.conf");
	printf("%d %s\n", s.port, s.log_file);
	return 0;
}
