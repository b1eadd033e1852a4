/* Commands that are the value of an option: `tool --cluster create`. */
#ifndef PCARCH_ANALYZER_ROUTES_OPTIONS_H
#define PCARCH_ANALYZER_ROUTES_OPTIONS_H

#include "analyzer/routes/term.h"

struct dispatch;
struct dispatch_list;
struct routes_program;

/*
 * The option behind which the word stands that is kept in the TERM_FIELD `kept`, or NULL:
 * it is put there where an argument is compared with a literal that begins with a dash.
 */
const char *options_before(const struct routes_program *program, struct term kept);

/* Put dispatch `number` behind `option`, which becomes a command without a handler. */
void options_wrap(const struct routes_program *program, struct dispatch_list *list,
	uint32_t number, const char *option);

#endif
