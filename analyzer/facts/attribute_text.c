#include "analyzer/facts/attribute_text.h"

#include "core/trace.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* What follows attribute `name` in `text`, but for what stands in strings; or NULL. */
static const char *find_attribute(const char *text, const char *name)
{
	size_t len = strlen(name);
	bool in_string = false;

	for (const char *at = text; *at; at++) {
		if (*at == '\\' && in_string && at[1])
			at++;
		else if (*at == '"')
			in_string = !in_string;
		else if (!in_string && strncmp(at, name, len) == 0 && !is_name(at[len]) &&
			 at > text && (at[-1] == '(' || at[-1] == ':' || at[-1] == '['))
			return at + len;
	}
	return NULL;
}

/* C11's keyword, among the specifiers; [[_Noreturn]] is an attribute. */
static bool has_noreturn_keyword(const char *text)
{
	static const char keyword[] = "_Noreturn ";
	const char *found = strstr(text, keyword);

	return found && (found == text || found[-1] == ' ') &&
	       !memchr(text, '(', (size_t)(found - text));
}

/* Copy the argument in `rest`, `("name")` or `(name)`. */
static void copy_argument(const char *rest, char *out, size_t size)
{
	size_t len;

	if (*rest != '(')
		return;
	rest++;
	if (*rest == '"')
		rest++;
	len = strcspn(rest, "\")");
	snprintf(out, size, "%.*s", (int)(len < size ? len : size - 1), rest);
}

void attributes_parse(const char *text, struct attributes *out)
{
	static const struct {
		const char *name;
		unsigned flag;
	} names[] = {
		{"weak", FUNCTION_WEAK},
		{"gnu_inline", FUNCTION_WEAK}, /* gives way to the definition elsewhere */
		{"constructor", FUNCTION_CONSTRUCTOR},
		{"destructor", FUNCTION_DESTRUCTOR},
		{"noreturn", FUNCTION_NORETURN},
	};
	const char *rest;

	*out = (struct attributes){0};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (find_attribute(text, names[i].name))
			out->flags |= names[i].flag;
	out->has_section = find_attribute(text, "section") != NULL;
	if (has_noreturn_keyword(text))
		out->flags |= FUNCTION_NORETURN;
	if ((rest = find_attribute(text, "alias"))) {
		out->flags |= FUNCTION_ALIAS;
		copy_argument(rest, out->target, sizeof(out->target));
	}
	if ((rest = find_attribute(text, "ifunc"))) {
		out->flags |= FUNCTION_IFUNC;
		copy_argument(rest, out->target, sizeof(out->target));
	}
	if ((rest = find_attribute(text, "cleanup")))
		copy_argument(rest, out->cleanup, sizeof(out->cleanup));
}
