/* Which functions of the scan were in a program that ran: a tree may have several. */
#ifndef PCARCH_DIFF_LINKED_FUNCTIONS_H
#define PCARCH_DIFF_LINKED_FUNCTIONS_H

#include <stdbool.h>

struct comparing;

/*
 * Function of the scan -> a program that ran may have it, in the arena. False only where
 * every recording names the sources of what ran, and that of the function's unit is not
 * among them; or where functions without names ran, and none of its module with one. A
 * header's functions may be anywhere.
 */
bool *linked_functions_find(const struct comparing *all);

#endif
