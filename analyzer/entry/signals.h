/* Names of signals on this system. */
#ifndef PCARCH_ANALYZER_ENTRY_SIGNALS_H
#define PCARCH_ANALYZER_ENTRY_SIGNALS_H

#include <stdint.h>

/* "SIGINT"; NULL: the number has no name. */
const char *signal_name(uint32_t number);

#endif
