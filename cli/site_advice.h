/* What a person can do about an open call site, by the reason why it is open. */
#ifndef PCARCH_CLI_SITE_ADVICE_H
#define PCARCH_CLI_SITE_ADVICE_H

/* One clause, lower case, no full stop; NULL where there is nothing to be done. */
const char *site_advice(const char *reason);

#endif
