/* Text of strangers as XML 1.0 holds it. */
#ifndef PCARCH_DIFF_XML_TEXT_H
#define PCARCH_DIFF_XML_TEXT_H

#include <stdio.h>

/*
 * Print `untrusted` as the content of an element, or as the value of an attribute between
 * double quotes. XML has no way at all to write control characters: they become \xNN.
 */
void xml_text(FILE *out, const char *untrusted);
void xml_attribute(FILE *out, const char *untrusted);

#endif
