#ifndef COMMAND_H
#define COMMAND_H

typedef int (*cfunc_t)(int argc, char **argv);
typedef void (*helpfunc_t)(void);

struct cmdinfo {
	const char *name;
	const char *altname;
	cfunc_t cfunc;
	int argmin, argmax;
	const char *oneline;
	helpfunc_t help;
};

void add_command(const struct cmdinfo *ci);
void file_init(void);
void quit_init(void);

#endif
