/*
 * Commands that become a number first: a chain or a table gives a number for a word, and
 * the number chooses a function, by a switch or as the index of an array.
 */
#ifndef PCARCH_ANALYZER_ROUTES_CHOICES_H
#define PCARCH_ANALYZER_ROUTES_CHOICES_H

struct body;
struct choices;
struct dispatch_list;
struct sources;
struct routes_program;

struct choices *choices_new(struct routes_program *program,
	const struct sources *sources);
void choices_free(struct choices *choices);

/* Find the tables of words and numbers, and what the numbers choose. */
void choices_of_tables(struct choices *choices, struct dispatch_list *list);

/* Remember the chains of the body whose branches say no more than a number. */
void choices_note(struct choices *choices, const struct body *body);

/* Find what the numbers of those choose. */
void choices_of_chains(struct choices *choices, struct dispatch_list *list);

#endif
