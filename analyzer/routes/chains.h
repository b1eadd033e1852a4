/* Commands that are chosen by comparing: if … else if …, switches on characters. */
#ifndef PCARCH_ANALYZER_ROUTES_CHAINS_H
#define PCARCH_ANALYZER_ROUTES_CHAINS_H

struct dispatch_list;
struct routes_program;

/* Add the chains of all bodies that look like commands, in the order of the bodies. */
void chains_find(struct routes_program *program, struct dispatch_list *list);

#endif
