/* A chain of comparisons returns a number; the number chooses in an array of functions,
 * or by a switch elsewhere. */
#include <stdio.h>
#include <string.h>

typedef enum {
	OP_INVALID = -1,
	OP_ENCRYPT,
	OP_DECRYPT,
	OP_KEYGEN,
	OP_RANDOM
} op_t;

static op_t parse_op(const char *arg)
{
	if (!strcmp(arg, "encrypt"))
		return OP_ENCRYPT;
	if (!strcmp(arg, "decrypt"))
		return OP_DECRYPT;
	if (!strcmp(arg, "keygen") || !strcmp(arg, "genkey"))
		return OP_KEYGEN;
	if (!strcmp(arg, "random"))
		return OP_RANDOM;
	return OP_INVALID;
}

static int encrypt_file(const char *name)
{
	return puts(__func__) < 0;
}
static int decrypt_file(const char *name)
{
	return puts(__func__) < 0;
}
static int make_key(void)
{
	return puts(__func__) < 0;
}
static int print_random(unsigned n)
{
	return puts(__func__) < 0;
}

int main(int argc, char **argv)
{
	op_t op = OP_INVALID;
	int rc;

	if (argc > 1)
		op = parse_op(argv[1]);
	if (op == OP_INVALID) {
		fprintf(stderr, "encrypt, decrypt, keygen or random?\n");
		return 2;
	}
	switch (op) {
	case OP_ENCRYPT:
		rc = encrypt_file(argv[2]);
		break;
	case OP_DECRYPT:
		rc = decrypt_file(argv[2]);
		break;
	case OP_KEYGEN:
		rc = make_key();
		break;
	case OP_RANDOM:
		rc = print_random(16);
		break;
	default:
		rc = 3;
	}
	return rc;
}
