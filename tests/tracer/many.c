/* A great many edges: 4096 functions, each called from 32 places. */
#include "work.h"

#define FUNCTION(n)                 \
	keep static void f##n(void) \
	{                           \
		effect();           \
	}
#define ADDRESS(n) f##n,
#define FOUR(what, n) what(n##0) what(n##1) what(n##2) what(n##3)
#define SIXTEEN(what, n) \
	FOUR(what, n##0) FOUR(what, n##1) FOUR(what, n##2) FOUR(what, n##3)
#define MORE(what, n) \
	SIXTEEN(what, n##0) SIXTEEN(what, n##1) SIXTEEN(what, n##2) SIXTEEN(what, n##3)
#define EVEN_MORE(what, n) \
	MORE(what, n##0) MORE(what, n##1) MORE(what, n##2) MORE(what, n##3)
#define ALL(what, n)          \
	EVEN_MORE(what, n##0) \
	EVEN_MORE(what, n##1) EVEN_MORE(what, n##2) EVEN_MORE(what, n##3)
#define MOST(what) ALL(what, 0) ALL(what, 1) ALL(what, 2) ALL(what, 3)

MOST(FUNCTION)

static void (*const functions[])(void) = {MOST(ADDRESS)};

enum {
	NFUNCTIONS = sizeof(functions) / sizeof(functions[0]),
};

_Static_assert(NFUNCTIONS == 4096, "the test counts them");

/* Not to become one call in a loop. */
#define CALL            \
	functions[i](); \
	effect();
#define CALLS CALL CALL CALL CALL CALL CALL CALL CALL

int main(void)
{
	for (int round = 0; round < 3; round++)
		for (int i = 0; i < NFUNCTIONS; i++) {
			CALLS CALLS CALLS CALLS
		}
	return 0;
}
