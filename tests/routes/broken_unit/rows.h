#ifndef ROWS_H
#define ROWS_H

struct row {
	const char *name;
	int (*run)(int argc, char **argv);
	int flags;
};

int find_and_run(const struct row *rows, int argc, char **argv);

#endif
