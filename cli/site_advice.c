#include "cli/site_advice.h"

#include <stddef.h>
#include <string.h>

/* The first whose words all occur in the reason; the special ones come first. */
static const struct {
	const char *words[2];
	const char *advice;
} kinds[] = {
	{{"learned:"},
		"a call that a run made is listed: look how its address gets there"},
	{{"definitions of"},
		"'pcarch scan --binary PROGRAM' settles which of them is linked"},
	{{"ifunc"}, "what the resolver returns, it may call: look there"},
	{{"weak, defined"}, "look whether something that is linked brings it"},
	{{"unit", "not read"}, "'pcarch show units --failed' says what was not read"},
	{{"unit", "parse"}, "'pcarch show units --failed' says what was not read"},
	{{"escapes to"},
		"scan the code that it is given to, or describe that function with a rule "
		"in .pcarch.json"},
	{{"unknown code"},
		"where that code is found out, this is, too: 'pcarch show sites --open' "
		"lists what is called without being known"},
	{{"computed name"},
		"'pcarch trace' shows what is looked up; where all of it is in the database, "
		"a rule can say so: PLUG-INS in 'man pcarch-rules'"},
	{{"dlsym"},
		"'pcarch trace' shows what is loaded; where all of it is in the database, a "
		"rule can say so: PLUG-INS in 'man pcarch-rules'"},
	{{"exported function"},
		"its users are not in the database: scan them, too, or do not export it"},
	{{"loaded objects may call"},
		"'pcarch scan --binary PROGRAM' says what loaded objects can call: little, "
		"where it is linked without -rdynamic"},
	{{"other objects may set"},
		"'pcarch scan --binary PROGRAM' says whether other objects see its names"},
	{{"by no known call"},
		"find out who calls that function; a rule in .pcarch.json can say it"},
	{{"address is known to reach"},
		"nothing that was scanned stores a function there: it is always NULL, or a "
		"plug-in or a source that is not in the database stores one"},
	{{"written through"},
		"look at what is copied there: it is copied as bytes, or from another type"},
	{{"which may be set by a library"},
		"it is the library's to set, so no source can close it; what this program "
		"stores there is listed"},
	{{"stored in", "of a library"},
		"a rule in .pcarch.json can say what the library calls it with"},
	{{"given by external"}, "what the library passes there is its own"},
	{{"external"}, "a rule in .pcarch.json can say what that function does"},
	{{"cast from integer"},
		"look at what is cast: any address that was ever made a number is listed"},
	{{"not understood"},
		"look at the expression: how it makes an address is not followed"},
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
