#include "diff/event_text.h"

#include "core/event_json.h"
#include "core/text.h"

#include <string.h>

void event_pair(void *text, const char *path, const char *value)
{
	struct text *out = text;
	const char *item = strrchr(path, '[');
	size_t len = item ? (size_t)(item - path) : strlen(path);

	if (item && strcmp(item, "[0]") != 0) {
		text_printf(out, " %s", value);
		return;
	}
	text_printf(out, "%s%.*s", out->len ? ", " : "", (int)len, path);
	if (!item && strcmp(value, "[redacted]") == 0)
		text_add(out, " redacted");
	else
		text_printf(out, "%s%s", len ? "=" : "", value);
}

void event_error_text(const struct event_error *error, struct text *out)
{
	text_add(out, error->type ? error->type : "an error without a type");
	if (error->source)
		text_printf(out, " from %s", error->source);
	if (error->code)
		text_printf(out, " (%s)", error->code);
	if (error->message)
		text_printf(out, ": %s", error->message);
}

void event_details(const struct event *event, struct text *out)
{
	if (event->has_error)
		event_error_text(&event->error, out);
	if (event->duration_ms >= 0)
		text_printf(out, "%s%.3f ms", out->len ? ", " : "", event->duration_ms);
	if (event->is_simulated)
		text_printf(out, "%ssimulated", out->len ? ", " : "");
	event_json_values(event, "metadata", event_pair, out);
	event_json_values(event, "dropped", event_pair, out);
}
