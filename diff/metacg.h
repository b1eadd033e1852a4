/*
 * A call graph as MetaCG holds it, for PIRA, CaPI and other tools of HPC.
 * Source: the file format of https://github.com/tudasc/MetaCG.
 */
#ifndef PCARCH_DIFF_METACG_H
#define PCARCH_DIFF_METACG_H

#include <stdbool.h>
#include <stdio.h>

struct graph;

/*
 * Version 2, which most of MetaCG's tools read: a function is known by its name, so
 * those that share one have longer ones here. False: a write failed (errno).
 */
bool metacg_write(const struct graph *graph, FILE *out);

/* Version 4: functions have ids and their own names, edges say how they are known. */
bool metacg4_write(const struct graph *graph, FILE *out);

#endif
