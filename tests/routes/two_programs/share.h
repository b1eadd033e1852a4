#ifndef SHARE_H
#define SHARE_H

struct word {
	const char *name;
	int (*run)(const char *what);
};

int run_word(const struct word *words, const char *what);

#endif
