/* A handler that puts another in its own place, and takes itself out in the end. */
struct parser {
	int (*handle)(struct parser *parser, int c);
	int words;
};

static int in_space(struct parser *parser, int c);

static int in_word(struct parser *parser, int c)
{
	if (c == ' ')
		parser->handle = in_space;
	return 0;
}

static int at_end(struct parser *parser, int c)
{
	(void)c;
	return parser->words;
}

static int in_space(struct parser *parser, int c)
{
	if (c == '.') {
		parser->handle = at_end;
	} else if (c != ' ') {
		parser->words++;
		parser->handle = in_word;
	}
	return 0;
}

int main(void)
{
	struct parser parser = {in_space, 0};
	int result = 0;

	for (const char *c = "two words . "; *c; c++)
		result = parser.handle(&parser, *c); /* -> in_space, in_word, at_end; closed */
	return result == 2 ? 0 : 1;
}
