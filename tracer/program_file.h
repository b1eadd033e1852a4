/* The file of the program that a command runs. */
#ifndef PCARCH_TRACER_PROGRAM_FILE_H
#define PCARCH_TRACER_PROGRAM_FILE_H

#include <stdbool.h>

/*
 * Would `name`, found as a shell finds it, run a program of this kind of machine that is
 * not instrumented? False also for scripts, and for what cannot be read.
 */
bool program_file_is_bare(const char *name);

#endif
