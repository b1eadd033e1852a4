#include "analyzer/routes/words.h"

#include "core/arena.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum {
	MAX_TOKEN = 48
};

bool words_is_token(const char *text)
{
	size_t len = strlen(text);

	if (!len || len > MAX_TOKEN)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!isgraph((unsigned char)text[i]) || text[i] == '%' || text[i] == '"')
			return false;
	return true;
}

static const char *const commands[] = {
	"cmd", "command", "builtin", "applet", "verb", "subcmd", "action", "dispatch"};

static const char *const others[] = {"option", "opts", "param", "format", "fmt", "type",
	"filter", "keyword", "keyw", "attr", "codec", "driver", "backend", "plugin",
	"algo", "cipher", "hash", "digest", "config", "conf", "cfg", "setting", "proto",
	"test", "signal", "signame", "errno", "error", "mime", "charset", "encod",
	"method", "hook", "event", "handler_s", "vtbl", "vtable", "module", "provider",
	"scheme", "policy", "unit", "field", "column", "prop", "properties", "property",
	"variable", "var", "stat", "matcher", "extension", "qdisc", "state", "callback"};

bool words_begins(const char *name, const char *part)
{
	size_t len = strlen(part);

	for (const char *at = name; *at; at++) {
		bool begins =
			at == name || !isalpha((unsigned char)at[-1]) ||
			(islower((unsigned char)at[-1]) && isupper((unsigned char)*at));

		if (begins && strncasecmp(at, part, len) == 0)
			return true;
	}
	return false;
}

int words_hint(const char *name)
{
	int hint = 0;

	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strcasestr(name, commands[i]))
			hint = 1;
	for (size_t i = 0; !hint && i < sizeof(others) / sizeof(others[0]); i++)
		if (words_begins(name, others[i]))
			hint = -1;
	return hint;
}

const char **words_split(struct arena *arena, const char *text, const char *separators,
	size_t *count)
{
	const char **parts = arena_alloc(arena, (strlen(text) + 1) * sizeof(*parts));

	*count = 0;
	if (strlen(text) == 1) { /* the command `|` */
		parts[(*count)++] = text;
		return parts;
	}
	while (text[0]) {
		size_t length = strcspn(text, separators);

		if (length)
			parts[(*count)++] = arena_copy(arena, text, length);
		text += length + (text[length] != '\0');
	}
	return parts;
}
