/* Scripts that let a shell complete pcarch's commands, options and operands. */
#ifndef PCARCH_CLI_COMPLETION_H
#define PCARCH_CLI_COMPLETION_H

#include <stdio.h>

/* Each prints a shell's whole script, from commands[] and the option tables. */
void completion_bash(FILE *out);
void completion_zsh(FILE *out);
void completion_fish(FILE *out);

#endif
