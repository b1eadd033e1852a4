/* Negative: readers of files, chosen by the bytes with which a file begins. */
#include <stdio.h>
#include <string.h>

static int read_elf(FILE *in)
{
	return puts(__func__);
}
static int read_archive(FILE *in)
{
	return puts(__func__);
}
static int read_script(FILE *in)
{
	return puts(__func__);
}

static const struct kind {
	const char *magic;
	unsigned size;
	int (*read)(FILE *in);
} kinds[] = {
	{"\177ELF", 4, read_elf},
	{"!<arch>", 7, read_archive},
	{"#!", 2, read_script},
};

static int read_file(const char *path)
{
	char head[8] = "";
	FILE *in = fopen(path, "rb");
	int status = 1;

	if (!in)
		return 1;
	if (fread(head, 1, sizeof(head), in) > 0)
		for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
			if (!memcmp(head, kinds[i].magic, kinds[i].size))
				status = kinds[i].read(in) < 0;
	fclose(in);
	return status;
}

int main(int argc, char **argv)
{
	int status = 0;

	for (int i = 1; i < argc; i++)
		status |= read_file(argv[i]);
	return status;
}
