#include "core/rule_file.h"

const char *const rule_kind_names[] = {"", "cli", "http", "amqp", "signal", "thread",
	"timer", "event", "callback", "constructor", "destructor", "plugin", "ffi",
	"library", NULL};

const char *const rule_match_names[] = {
	"", "exact", "icase", "first-prefix", "unique-prefix", NULL};
