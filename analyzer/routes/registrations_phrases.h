/* Commands of several words in one text: "show ip route" is `route` below `ip` below
 * `show`. */
#ifndef PCARCH_ANALYZER_ROUTES_REGISTRATIONS_PHRASES_H
#define PCARCH_ANALYZER_ROUTES_REGISTRATIONS_PHRASES_H

#include <stdbool.h>

struct dispatch_list;
struct routes_program;

/* Could it be a command of several words? No sentence is. */
bool phrases_is(const char *text);

/*
 * Part the words of all entries at blanks. What stands for something that a user fills in
 * ("A.B.C.D", "<1-10>", "[detail]") is no word of a command. The indexes of entries stay.
 */
void phrases_split(struct routes_program *program, struct dispatch_list *dispatches);

#endif
