/* Negative: the beginning of a secret says by which method it is kept, and the end of a
 * name says what a file is. */
#include <stdio.h>
#include <string.h>

static int md5_check(const char *secret, const char *word)
{
	return strlen(secret) == strlen(word);
}
static int sha_check(const char *secret, const char *word)
{
	return strcmp(secret, word) == 0;
}
static int plain_check(const char *secret, const char *word)
{
	return !strcmp(secret, word);
}

static int check(const char *secret, const char *word)
{
	if (strncmp(secret, "$1$", 3) == 0)
		return md5_check(secret + 3, word);
	if (strncmp(secret, "$5$", 3) == 0)
		return sha_check(secret + 3, word);
	return plain_check(secret, word);
}

int main(void)
{
	char line[256], word[64];
	FILE *in = fopen("/nonexistent/shadow", "r");

	if (!in || scanf("%63s", word) != 1)
		return 1;
	while (fgets(line, sizeof(line), in)) {
		line[strcspn(line, "\n")] = '\0';
		if (check(line, word))
			return 0;
	}
	fclose(in);
	return 1;
}
