#include "cli/site_advice.h"

#include <stddef.h>
#include <string.h>

/* The first whose words all occur in the reason; the special ones come first. */
static const struct {
	const char *words[2];
	const char *advice;
} kinds[] = {
	{{"definitions of"},
		"'pcarch scan --binary PROGRAM' settles which of them is linked"},
	{{"ifunc"}, "what the resolver returns, it may call: look there"},
	{{"values are not followed"},
		"scan again with a pcarch that follows function pointers"},
	{{"unit", "parse"}, "'pcarch show units --failed' says what was not read"},
	{{"unit", "read"}, "'pcarch show units --failed' says what was not read"},
	{{"dlsym"}, "a rule in .pcarch.json can name what is looked up"},
	{{"exported"},
		"when nothing outside calls it, 'pcarch scan --binary PROGRAM' can tell"},
	{{"escapes"},
		"scan the code that it is given to, or describe that function with a rule "
		"in .pcarch.json"},
	{{"external"}, "a rule in .pcarch.json can say what the library does"},
	{{"memcpy"}, "look at what is copied there; a rule in .pcarch.json can name it"},
	{{"void"}, "look at what is stored there; a rule in .pcarch.json can name it"},
	{{"integer"}, "look at what is cast; a rule in .pcarch.json can name it"},
};

const char *site_advice(const char *reason)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const char *second = kinds[i].words[1];

		if (strstr(reason, kinds[i].words[0]) &&
			(!second || strstr(reason, second)))
			return kinds[i].advice;
	}
	return NULL;
}
