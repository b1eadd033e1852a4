/* What gperf makes: a hash of length and characters leads to one row, whose name is then
 * compared. */
#include <stdio.h>
#include <string.h>

struct keyword {
	const char *name;
	void (*handler)(void);
};

static void handle_set(void)
{
	puts(__func__);
}
static void handle_list(void)
{
	puts(__func__);
}
static void handle_delete(void)
{
	puts(__func__);
}

#define MIN_WORD_LENGTH 3
#define MAX_WORD_LENGTH 6
#define MIN_HASH_VALUE 3
#define MAX_HASH_VALUE 6

static unsigned int hash(register const char *str, register size_t len)
{
	return len + (str[0] == '~');
}

static const struct keyword *in_word_set(register const char *str, register size_t len)
{
	static const struct keyword wordlist[] = {
		{""},
		{""},
		{""},
		{"set", handle_set},
		{"list", handle_list},
		{""},
		{"delete", handle_delete},
	};

	if (len <= MAX_WORD_LENGTH && len >= MIN_WORD_LENGTH) {
		register unsigned int key = hash(str, len);

		if (key <= MAX_HASH_VALUE) {
			register const char *s = wordlist[key].name;

			if (*str == *s && !strcmp(str + 1, s + 1))
				return &wordlist[key];
		}
	}
	return 0;
}

int main(int argc, char **argv)
{
	const struct keyword *k = argc > 1 ? in_word_set(argv[1], strlen(argv[1])) : NULL;

	if (!k || !k->handler)
		return 1;
	k->handler();
	return 0;
}
