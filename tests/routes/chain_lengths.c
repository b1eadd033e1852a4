/* A length and memcmp(), strncmp() with the size of the literal, a macro that has both:
 * words of a text without end. */
#include <stdio.h>
#include <string.h>

struct slice {
	const char *data;
	size_t len;
};

#define TOKEN_IS(t, s) \
	((t).len == sizeof(s) - 1 && memcmp((t).data, (s), sizeof(s) - 1) == 0)

static void do_read(struct slice rest)
{
	puts(__func__);
}
static void do_write(struct slice rest)
{
	puts(__func__);
}
static void do_seek(struct slice rest)
{
	puts(__func__);
}
static void do_flush(struct slice rest)
{
	puts(__func__);
}

static void handle(struct slice word, struct slice rest)
{
	if (word.len == 4 && !memcmp(word.data, "read", 4)) {
		do_read(rest);
	} else if (TOKEN_IS(word, "write")) {
		do_write(rest);
	} else if (word.len == strlen("seek") &&
		   strncmp(word.data, "seek", strlen("seek")) == 0) {
		do_seek(rest);
	} else if (!strncmp(word.data, "flush", sizeof("flush") - 1) && word.len == 5) {
		do_flush(rest);
	} else {
		puts("ERR");
	}
}

int main(void)
{
	char line[128];

	while (fgets(line, sizeof(line), stdin)) {
		size_t n = strcspn(line, " \n");
		handle((struct slice){line, n},
			(struct slice){line + n, strlen(line + n)});
	}
	return 0;
}
