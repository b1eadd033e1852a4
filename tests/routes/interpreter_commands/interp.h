#ifndef INTERP_H
#define INTERP_H

struct interp;
typedef int command_proc(struct interp *interp, int argc, char *const *argv);

struct subcommand {
	const char *cmd;
	const char *args;
	command_proc *function;
	short minargs, maxargs;
};

void create_command(struct interp *interp, const char *name, command_proc *proc,
	void *data);
void *command_data(struct interp *interp);
command_proc subcommand_proc;
void file_init(struct interp *interp);

#endif
