#include "tracer/traffic.h"

#include "core/arena.h"
#include "core/route_tree.h"
#include "core/text.h"
#include "core/trace.h"

#include <fnmatch.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const traffic_kind_names[] = {"command", "request", "message", NULL};

const char *const traffic_outcome_names[] = {"undriven", "skipped", "leads_on", "ran",
	"unseen", "driven", "late", "unrecorded", NULL};

static const char *const no_words[] = {NULL};

static const char *absolute(struct arena *arena, const char *directory, const char *path)
{
	char real[PATH_MAX];

	if (directory && *path != '/')
		path = arena_printf(arena, "%s/%s", directory, path);
	/* What cannot be resolved is named as it is: it cannot be run, either. */
	return arena_strdup(arena, realpath(path, real) ? real : path);
}

/* "NAME=FILE", or "FILE", whose last part is the name. */
static const char *file_of_given(const char *given, const char *name)
{
	size_t len = strlen(name);
	const char *base = strrchr(given, '/');

	if (strncmp(given, name, len) == 0 && given[len] == '=')
		return given + len + 1;
	base = base ? base + 1 : given;
	return !strchr(given, '=') && strcmp(base, name) == 0 ? given : NULL;
}

static const struct traffic_program *find_program(const struct traffic *traffic,
	const char *name)
{
	const struct traffic_rules *rules = traffic->rules;

	for (size_t i = 0; name && i < rules->nprograms; i++)
		if (strcmp(rules->programs[i].name, name) == 0)
			return &rules->programs[i];
	return NULL;
}

const char *traffic_program_file(const struct traffic *traffic, struct arena *arena,
	const char *name)
{
	const struct traffic_program *program = find_program(traffic, name);

	for (size_t i = 0; i < traffic->ngiven; i++) {
		const char *file = file_of_given(traffic->given[i], name);

		if (file)
			return absolute(arena, NULL, file);
	}
	return program && program->path
		       ? absolute(arena, traffic->rules->directory, program->path)
		       : NULL;
}

/* The members that `more` has take the place of those in `how`. */
static void overlay(struct traffic_how *how, const struct traffic_how *more)
{
	if (more->command.items)
		how->command = more->command;
	if (more->as)
		how->as = more->as;
	if (more->arguments.items)
		how->arguments = more->arguments;
	if (more->input)
		how->input = more->input;
	if (more->files.items)
		how->files = more->files;
	if (more->variables.items)
		how->variables = more->variables;
	if (more->before) {
		how->before = more->before;
		how->nbefore = more->nbefore;
	}
	if (more->program)
		how->program = more->program;
	if (more->target)
		how->target = more->target;
	if (more->headers.items)
		how->headers = more->headers;
	if (more->status != TRAFFIC_ANY_STATUS)
		how->status = more->status;
	if (more->timeout_s)
		how->timeout_s = more->timeout_s;
	if (more->skip)
		how->skip = more->skip;
}

/* What a server says of all that it is sent. */
static void overlay_program(struct traffic_how *how, const struct traffic_how *program)
{
	how->arguments = program->arguments;
	how->status = program->status;
	how->timeout_s = program->timeout_s;
	how->skip = program->skip;
}

/* Names may have what patterns mean something else by: the same text always matches. */
static bool is_match(const char *pattern, const char *name)
{
	return strcmp(pattern, name) == 0 || fnmatch(pattern, name, 0) == 0;
}

static void overlay_rules(const struct traffic *traffic, struct traffic_item *item)
{
	for (size_t i = 0; i < traffic->rules->nrules; i++)
		if (is_match(traffic->rules->rules[i].match, item->name))
			overlay(&item->how, &traffic->rules->rules[i].how);
}

/* What the program says, then what the rules say; and which file that is. */
static void set_how(struct traffic *traffic, struct arena *arena,
	struct traffic_item *item)
{
	const struct traffic_program *program = find_program(traffic, item->program);

	item->how = (struct traffic_how){.status = TRAFFIC_ANY_STATUS};
	if (program && program->server) /* what else it has is for its start */
		overlay_program(&item->how, &program->how);
	else if (program)
		item->how = program->how;
	if (item->is_default) /* any word would be one that is not known */
		item->how.arguments = (struct traffic_words){no_words, 0};
	overlay_rules(traffic, item);
	item->server = program ? program->server : NULL;
	item->file = item->program ? traffic_program_file(traffic, arena, item->program)
				   : NULL;
	item->status = -1;
	if (item->how.skip) {
		item->outcome = TRAFFIC_SKIPPED;
		item->why = item->how.skip;
	}
}

static void __attribute__((format(printf, 3, 4)))
leave(struct traffic_item *item, struct arena *arena, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	item->why = arena_vprintf(arena, fmt, args);
	va_end(args);
}

/* Say why it cannot be driven, if so. */
static void check_file(struct traffic_item *item, struct arena *arena)
{
	if (item->why)
		return;
	if (!item->file)
		leave(item, arena, "give the file of the program: --program %s=FILE",
			item->program);
	else if (access(item->file, X_OK) < 0)
		leave(item, arena, "'%s' cannot be run: %m", item->file);
}

static bool leads_on(const struct route_tree *tree, uint32_t index)
{
	const struct route *route = &tree->trace->routes[index];
	struct index_list below =
		route_tree_below(tree, (struct route_part){TRACE_NONE, index});

	return route->handler == TRACE_NONE && below.count &&
	       (!route->handler_reason ||
		       strcmp(route->handler_reason, "no_handler") == 0);
}

static void set_handlers(struct traffic_item *item, struct arena *arena,
	const struct route *route)
{
	uint32_t *handlers = arena_alloc(arena, (route->nothers + 1) * sizeof(*handlers));

	if (route->handler != TRACE_NONE)
		handlers[item->nhandlers++] = route->handler;
	for (size_t i = 0; i < route->nothers; i++)
		if (strcmp(route->others[i].role, "handler") == 0)
			handlers[item->nhandlers++] = route->others[i].function;
	item->handlers = handlers;
}

static void plan_command(struct traffic *traffic, struct arena *arena,
	const struct route_tree *tree, uint32_t index)
{
	const struct route *route = &traffic->scanned->routes[index];
	struct traffic_item *item = &traffic->items[traffic->nitems++];
	scoped_text name = {0};

	route_name(route, &name);
	if (route->is_default)
		text_add(&name, " <default>");
	*item = (struct traffic_item){
		.kind = TRAFFIC_COMMAND,
		.name = arena_strdup(arena, text_string(&name)),
		.tokens = {route->tokens, route_nwords(route)},
		.ntokens = route->ntokens,
		.is_default = route->is_default,
		.program = route->program,
		.route_id = route->route_id,
	};
	set_handlers(item, arena, route);
	set_how(traffic, arena, item);
	if (leads_on(tree, index) && !item->why)
		item->outcome = TRAFFIC_LEADS_ON;
	else
		check_file(item, arena);
	if (!item->why && item->server && !item->server->send.count)
		leave(item, arena,
			"nothing says how '%s' gets it: give its server 'send' in the rules",
			item->program);
}

static const char *value_of(const struct entry_point *entry, const char *key)
{
	for (size_t i = 0; i < entry->nmetadata; i++)
		if (strcmp(entry->metadata[i].key, key) == 0)
			return entry->metadata[i].value;
	return NULL;
}

/* The server that takes it: the one that the rules name, or the first that can. */
static void set_server(struct traffic *traffic, struct arena *arena,
	struct traffic_item *item)
{
	const struct traffic_rules *rules = traffic->rules;
	const char *named = item->how.program;

	for (size_t i = 0; i < rules->nprograms && !item->program; i++) {
		const struct traffic_program *program = &rules->programs[i];
		const struct traffic_server *server = program->server;
		bool can = server &&
			   (item->kind == TRAFFIC_REQUEST ? server->url != NULL
							  : server->publish.count > 0);

		if (can && (!named || strcmp(named, program->name) == 0))
			item->program = program->name;
	}
	if (item->program)
		set_how(traffic, arena, item);
	else if (!item->why)
		leave(item, arena,
			item->kind == TRAFFIC_REQUEST
				? "no server in the rules has a 'url'"
				: "no server in the rules has a command to 'publish'");
}

static void plan_entry(struct traffic *traffic, struct arena *arena, uint32_t index)
{
	const struct entry_point *entry = &traffic->scanned->entry_points[index];
	const char *path = value_of(entry, "path"), *method = value_of(entry, "method");
	const char *queue = value_of(entry, "queue");
	const char *function = traffic->scanned->functions[entry->function].name;
	struct traffic_item *item = &traffic->items[traffic->nitems++];
	uint32_t *handler = arena_alloc(arena, sizeof(*handler));

	*handler = entry->function;
	*item = (struct traffic_item){
		.kind = strcmp(entry->type, "http") == 0 ? TRAFFIC_REQUEST
							 : TRAFFIC_MESSAGE,
		.method = method ? method : "GET",
		.path = path,
		.handlers = handler,
		.nhandlers = 1,
	};
	if (item->kind == TRAFFIC_REQUEST)
		item->name = path ? arena_printf(arena, "%s %s", item->method, path)
				  : function;
	else
		item->name = queue ? queue : function;
	set_how(traffic, arena, item);
	set_server(traffic, arena, item);
	if (!item->why && item->kind == TRAFFIC_REQUEST && !path && !item->how.target)
		leave(item, arena,
			"nothing says which path leads to it: give a 'target' in the rules");
	if (item->program)
		check_file(item, arena);
}

static bool is_driven(const struct entry_point *entry)
{
	return strcmp(entry->type, "http") == 0 || strcmp(entry->type, "amqp") == 0;
}

void traffic_plan(struct traffic *traffic, struct arena *arena)
{
	const struct static_trace *scanned = traffic->scanned;
	struct route_tree tree;

	traffic->items = arena_alloc(arena,
		(scanned->nroutes + scanned->nentry_points) * sizeof(*traffic->items));
	traffic->nitems = 0;
	route_tree_init(&tree, arena, scanned);
	for (uint32_t i = 0; i < scanned->nroutes; i++)
		plan_command(traffic, arena, &tree, i);
	for (uint32_t i = 0; i < scanned->nentry_points; i++)
		if (is_driven(&scanned->entry_points[i]))
			plan_entry(traffic, arena, i);
}

/* "git remote" is also "git remote add". */
static bool is_selected(const char *name, const char *pattern)
{
	size_t len = strlen(pattern);

	return is_match(pattern, name) ||
	       (strncmp(name, pattern, len) == 0 && name[len] == ' ');
}

size_t traffic_select(struct traffic *traffic, const char *const *patterns,
	size_t npatterns)
{
	size_t nselected = 0;

	for (size_t i = 0; i < traffic->nitems; i++) {
		bool is_wanted = !npatterns;

		for (size_t k = 0; k < npatterns; k++)
			is_wanted = is_wanted ||
				    is_selected(traffic->items[i].name, patterns[k]);
		if (is_wanted)
			traffic->items[nselected++] = traffic->items[i];
	}
	traffic->nitems = nselected;
	return nselected;
}
