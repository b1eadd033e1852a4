/* A switch on the first character, then comparisons whose conditions also set what was
 * found; a switch on the second. */
#include <stdio.h>
#include <string.h>

enum {
	NREAD_ADD = 1,
	NREAD_SET,
	NREAD_REPLACE,
	NREAD_CAS
};

static void process_update(char **tokens, size_t ntokens, int comm, int is_cas)
{
	puts(__func__);
}
static void process_get(char **tokens, size_t ntokens, int with_cas)
{
	puts(__func__);
}
static void process_touch(char **tokens, size_t ntokens)
{
	puts(__func__);
}
static void process_delete(char **tokens, size_t ntokens)
{
	puts(__func__);
}
static void process_stat(char **tokens, size_t ntokens)
{
	puts(__func__);
}
static void meta_get(char **tokens, size_t ntokens)
{
	puts(__func__);
}
static void meta_set(char **tokens, size_t ntokens)
{
	puts(__func__);
}

static void process_command(char **tokens, size_t ntokens)
{
	int comm, first = tokens[0][0];

	if (first == 'm' && tokens[0][1] != '\0' && tokens[0][2] == '\0') {
		switch (tokens[0][1]) {
		case 'g':
			meta_get(tokens, ntokens);
			break;
		case 's':
			meta_set(tokens, ntokens);
			break;
		case 'n':
			printf("MN\r\n");
			return;
		default:
			printf("ERROR\r\n");
			break;
		}
	} else if (first == 'g') {
		if (strcmp(tokens[0], "get") == 0)
			process_get(tokens, ntokens, 0);
		else if (strcmp(tokens[0], "gets") == 0)
			process_get(tokens, ntokens, 1);
		else
			printf("ERROR\r\n");
	} else if (first == 's') {
		if (strcmp(tokens[0], "set") == 0 && (comm = NREAD_SET))
			process_update(tokens, ntokens, comm, 0);
		else if (strcmp(tokens[0], "stats") == 0)
			process_stat(tokens, ntokens);
		else
			printf("ERROR\r\n");
	} else if ((strcmp(tokens[0], "add") == 0 && (comm = NREAD_ADD)) ||
		   (strcmp(tokens[0], "replace") == 0 && (comm = NREAD_REPLACE))) {
		process_update(tokens, ntokens, comm, 0);
	} else if (strcmp(tokens[0], "cas") == 0 && (comm = NREAD_CAS)) {
		process_update(tokens, ntokens, comm, 1);
	} else if (first == 't' && strcmp(tokens[0], "touch") == 0) {
		process_touch(tokens, ntokens);
	} else if (strcmp(tokens[0], "delete") == 0) {
		process_delete(tokens, ntokens);
	} else {
		printf("ERROR\r\n");
	}
}

int main(void)
{
	char line[512], *tokens[8];
	size_t n = 0;

	if (!fgets(line, sizeof(line), stdin))
		return 1;
	for (char *word = strtok(line, " \r\n"); word && n < 8;
		word = strtok(NULL, " \r\n"))
		tokens[n++] = word;
	if (n)
		process_command(tokens, n);
	return 0;
}
