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
	{{"unit", "not read"}, "'pcarch show units --failed' says what was not read"},
	{{"unit", "parse"}, "'pcarch show units --failed' says what was not read"},
	{{"escapes to"},
		"scan the code that it is given to, or describe that function with a rule "
		"in .pcarch.json"},
	{{"unknown code"},
		"where that code is found out, this is, too; or a rule in .pcarch.json "
		"names it"},
	{{"computed name"}, "a rule in .pcarch.json can name what is looked up"},
	{{"dlsym"}, "a rule in .pcarch.json can name what is looked up"},
	{{"exported function"},
		"when nothing outside calls it, 'pcarch scan --binary PROGRAM' can tell"},
	{{"by no known call"},
		"find out who calls that function; a rule in .pcarch.json can say it"},
	{{"address is known to reach"},
		"nothing that was scanned stores a function there: a plug-in may, or a "
		"source that is not in the database"},
	{{"written through"},
		"look at what is copied there; a rule in .pcarch.json can name it"},
	{{"external"}, "a rule in .pcarch.json can say what that function does"},
	{{"library"}, "a rule in .pcarch.json can say what the library calls"},
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
