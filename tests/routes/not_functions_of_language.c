/* Negative: functions of an expression language: a word in the midst of an expression is
 * looked up to compute. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double square(double x)
{
	return x * x;
}
static double half(double x)
{
	return x / 2;
}

static const struct {
	const char *name;
	double (*fn)(double);
} functions[] = {{"square", square}, {"half", half}};

struct parser {
	const char *at;
};

static double term(struct parser *p)
{
	char word[16];
	size_t n = 0;

	while (isspace((unsigned char)*p->at))
		p->at++;
	while (isalpha((unsigned char)p->at[n]) && n < sizeof(word) - 1)
		n++;
	if (n) {
		memcpy(word, p->at, n);
		word[n] = '\0';
		p->at += n;
		for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++)
			if (!strcmp(functions[i].name, word))
				return functions[i].fn(term(p));
		return 0;
	}
	return strtod(p->at, (char **)&p->at);
}

static double sum(struct parser *p)
{
	double value = term(p);

	while (*p->at == '+') {
		p->at++;
		value += term(p);
	}
	return value;
}

int main(int argc, char **argv)
{
	struct parser p = {argc > 1 ? argv[1] : "square 3+half 4"};

	printf("%g\n", sum(&p));
	return 0;
}
