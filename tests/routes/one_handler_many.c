/* Many words have the same handler, which reads the word again to know what to do. */
#include <stdio.h>
#include <string.h>

typedef enum {
	FT_GENERAL,
	FT_DIGEST,
	FT_CIPHER
} FUNC_TYPE;

typedef struct function_st {
	FUNC_TYPE type;
	const char *name;
	int (*func)(int argc, char *argv[]);
} FUNCTION;

static int ca_main(int argc, char *argv[])
{
	puts(__func__);
	return 0;
}
static int dgst_main(int argc, char *argv[])
{
	const char *method = "sha256";

	puts(__func__);
	if (strcmp(argv[0], "dgst") != 0)
		method = argv[0];
	printf("digest with %s\n", method);
	return 0;
}
static int enc_main(int argc, char *argv[])
{
	int base64 = 0;

	puts(__func__);
	if (strcmp(argv[0], "base64") == 0)
		base64 = 1;
	else if (strcmp(argv[0], "enc") != 0)
		printf("cipher %s\n", argv[0]);
	return base64;
}

static const FUNCTION functions[] = {
	{FT_GENERAL, "ca", ca_main},
	{FT_GENERAL, "dgst", dgst_main},
	{FT_GENERAL, "enc", enc_main},
#ifndef NO_MD5
	{FT_DIGEST, "md5", dgst_main},
#endif
	{FT_DIGEST, "sha1", dgst_main},
#ifdef WITH_MDC2
	{FT_DIGEST, "mdc2", dgst_main},
#endif
	{FT_CIPHER, "aes-128-cbc", enc_main},
	{FT_CIPHER, "base64", enc_main},
	{0, NULL, NULL},
};

static int do_cmd(int argc, char *argv[])
{
	for (const FUNCTION *fp = functions; fp->name; fp++)
		if (strcmp(fp->name, argv[0]) == 0)
			return fp->func(argc, argv);
	fprintf(stderr, "Invalid command '%s'\n", argv[0]);
	return 1;
}

int main(int argc, char *argv[])
{
	return argc > 1 ? do_cmd(argc - 1, argv + 1) : 1;
}
