/* Negative: writers of formats, chosen by the value of an option or the end of a file's
 * name. */
#include <stdio.h>
#include <string.h>

struct table {
	int rows, columns;
};

struct format {
	const char *name, *extension;
	int (*write)(const struct table *table, FILE *out);
	int (*probe)(const unsigned char *head, size_t size);
};

static int write_csv(const struct table *table, FILE *out)
{
	return fputs(",\n", out);
}
static int write_json(const struct table *table, FILE *out)
{
	return fputs("[]\n", out);
}
static int write_html(const struct table *table, FILE *out)
{
	return fputs("<table>\n", out);
}
static int probe_json(const unsigned char *head, size_t size)
{
	return size && *head == '[';
}

static const struct format formats[] = {
	{"csv", ".csv", write_csv, NULL},
	{"json", ".json", write_json, probe_json},
	{"html", ".html", write_html, NULL},
};
#define NFORMATS (sizeof(formats) / sizeof(formats[0]))

static const struct format *format_by_name(const char *name)
{
	for (size_t i = 0; i < NFORMATS; i++)
		if (!strcmp(formats[i].name, name))
			return &formats[i];
	return NULL;
}

static const struct format *format_by_file(const char *file)
{
	const char *dot = strrchr(file, '.');

	for (size_t i = 0; dot && i < NFORMATS; i++)
		if (!strcmp(formats[i].extension, dot))
			return &formats[i];
	return &formats[0];
}

int main(int argc, char **argv)
{
	const struct format *format = NULL;
	struct table table = {1, 1};
	const char *file = "out.csv";

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--format") && i + 1 < argc)
			format = format_by_name(argv[++i]);
		else
			file = argv[i];
	}
	if (!format)
		format = format_by_file(file);
	return format->write(&table, stdout) < 0;
}
