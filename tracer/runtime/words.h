/* The words of commands on this process's command line. */
#ifndef PCARCH_TRACER_RUNTIME_WORDS_H
#define PCARCH_TRACER_RUNTIME_WORDS_H

/*
 * Keep them in the recording: those that the list of roots has, as it spells them, in
 * their order. Nothing is kept of others, which may be secrets.
 */
void words_keep(void);

#endif
