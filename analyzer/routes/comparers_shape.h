/* The program's own functions that compare two texts, found by what they do. */
#ifndef PCARCH_ANALYZER_ROUTES_COMPARERS_SHAPE_H
#define PCARCH_ANALYZER_ROUTES_COMPARERS_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

enum {
	MATCHER_NO_LENGTH = 255
};

struct matcher {
	bool is_matcher, is_equal_when_zero, ignores_case;
	bool is_settled; /* it was looked at, or is being looked at */
	uint8_t parameters[2]; /* that it compares */
	uint8_t length; /* the parameter that says how much; MATCHER_NO_LENGTH */
	uint8_t begins; /* as in struct comparison */
};

#endif
