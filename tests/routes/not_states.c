/* Negative: states have names and functions; a state's function returns the next one. */
#include <stdio.h>
#include <string.h>

struct machine;
struct state {
	const char *name;
	const struct state *(*step)(struct machine *m, int c);
};

struct machine {
	const struct state *state;
	int words;
};

static const struct state *in_word(struct machine *m, int c);
static const struct state *in_space(struct machine *m, int c);
static const struct state *in_quote(struct machine *m, int c);

static const struct state states[] = {
	{"word", in_word},
	{"space", in_space},
	{"quote", in_quote},
};

static const struct state *state_named(const char *name)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (!strcmp(states[i].name, name))
			return &states[i];
	return NULL;
}

static const struct state *in_word(struct machine *m, int c)
{
	return state_named(c == ' ' || c == '\n' ? "space" : "word");
}
static const struct state *in_space(struct machine *m, int c)
{
	if (c == ' ')
		return m->state;
	m->words++;
	return state_named(c == '"' ? "quote" : "word");
}
static const struct state *in_quote(struct machine *m, int c)
{
	return c == '"' ? state_named("space") : m->state;
}

int main(void)
{
	struct machine m = {state_named("space"), 0};
	int c;

	while ((c = getchar()) != EOF)
		m.state = m.state->step(&m, c);
	printf("%d\n", m.words);
	return 0;
}
