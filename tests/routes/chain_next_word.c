/* A function that takes the next word off the line where it is the one that is asked for.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct cursor {
	const char *at;
};

static bool accept_word(struct cursor *c, const char *word)
{
	size_t n = strlen(word);

	while (isspace((unsigned char)*c->at))
		c->at++;
	if (strncmp(c->at, word, n) != 0 || isalnum((unsigned char)c->at[n]))
		return false;
	c->at += n;
	return true;
}

static void key_add(struct cursor *c)
{
	puts(__func__);
}
static void key_list(struct cursor *c)
{
	puts(__func__);
}
static void sign(struct cursor *c)
{
	puts(__func__);
}
static void verify(struct cursor *c)
{
	puts(__func__);
}

static void key(struct cursor *c)
{
	puts(__func__);
	if (accept_word(c, "add"))
		key_add(c);
	else if (accept_word(c, "list"))
		key_list(c);
}

static void statement(struct cursor *c)
{
	if (accept_word(c, "key"))
		key(c);
	else if (accept_word(c, "sign"))
		sign(c);
	else if (accept_word(c, "verify") || accept_word(c, "check"))
		verify(c);
	else
		puts("syntax error");
}

int main(void)
{
	char line[256];

	while (fgets(line, sizeof(line), stdin))
		statement(&(struct cursor){line});
	return 0;
}
