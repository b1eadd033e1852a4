#include "analyzer/routes/chains_sources.h"

#include "analyzer/link/function_table.h"
#include "analyzer/routes/program.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_ROUNDS = 6 /* functions that hand a text on, one after another */
};

/* Text comes from outside by these: C11, POSIX, readline. */
static const char *const readers[] = {"fgets", "fgets_unlocked", "fread", "getline",
	"getdelim", "gets", "read", "readline", "recv", "recvfrom", "recvmsg", "scanf",
	"sscanf", "fscanf", "strsep", "strtok", "strtok_r", "__isoc99_sscanf",
	"__isoc99_fscanf", "__isoc99_scanf", NULL};

/* A parameter is handed on to another function's. */
struct hand_on {
	uint32_t from, from_parameter, to, to_parameter;
};

struct reading {
	const struct routes_program *program;
	struct function_source *sources;
	struct hand_on *hands;
	size_t nhands, room;
	uint32_t outline; /* at hand */
	uint32_t *callees, *callers; /* functions, and the outlines that call them */
	size_t ncalls, callees_room, callers_room;
};

static const char *const openers[] = {
	"fopen", "fopen64", "fdopen", "open", "open64", "openat", "popen", NULL};

static bool is_among(const char *const *names, const char *name)
{
	for (size_t i = 0; names[i]; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static uint32_t function_of(const struct routes_program *program, struct term call)
{
	struct term callee = term_first(call);

	return term_is(callee, TERM_FUNCTION) ? program_function(program, callee)
					      : TRACE_NONE;
}

bool source_is_words(const struct routes_program *program, uint32_t function,
	uint32_t number)
{
	const char *at = strchr(function_table_get(program->functions, function)
					->function.signature,
		'(');
	size_t n;

	for (; at && number; number--)
		at = strchr(at + 1, ',');
	if (!at)
		return false;
	at++;
	n = strcspn(at, ",");
	return memmem(at, n, "char ", 5) && memmem(at, n, "**", 2) &&
	       !memmem(at, n, "***", 3);
}

static bool is_variable(struct term term, struct term variable)
{
	while (term_is(term, TERM_ADDRESS))
		term = term_first(term);
	return term_is(term, TERM_VARIABLE) && term_get(term)->a == term_get(variable)->a;
}

static bool has_argument(struct term call, struct term variable)
{
	struct term argument = term_child(call, 1);

	for (; term_exists(argument); argument = term_next(call, argument))
		if (is_variable(argument, variable))
			return true;
	return false;
}

/* The call that gives the variable its value here; or none. */
static struct term giving(struct term at, struct term variable)
{
	struct term to = term_first(at), value = term_none();

	if (term_is(at, TERM_OBJECT) && term_get(at)->a == term_get(variable)->a)
		value = to;
	else if (term_is(at, TERM_ASSIGN) && is_variable(to, variable))
		value = term_next(at, to);
	return term_is(value, TERM_CALL) ? value : term_none();
}

static bool is_call_of(const struct routes_program *program, struct term call,
	const char *const *names)
{
	return term_is(call, TERM_CALL) &&
	       is_among(names, program_name(program, function_of(program, call)));
}

/* Is something read in the body from what it opens by itself? */
static bool reads_file(const struct routes_program *program, struct term body)
{
	struct term at = body, to = term_none();
	uint32_t end = term_get(body)->end;

	for (; at.at < end && !term_exists(to); at.at++) {
		struct term target = term_is(at, TERM_ASSIGN) ? term_first(at) : at;

		if ((term_is(target, TERM_VARIABLE) || term_is(at, TERM_OBJECT)) &&
			is_call_of(program, giving(at, target), openers))
			to = target;
	}
	for (; at.at < end && term_exists(to); at.at++)
		if (is_call_of(program, at, readers) && has_argument(at, to))
			return true;
	return false;
}

enum source_kind source_of(const struct routes_program *program, struct term body,
	struct term variable)
{
	struct term at = body;

	for (; at.at < term_get(body)->end; at.at++) {
		struct term given = giving(at, variable);

		if (!is_call_of(program, given, readers) &&
			!(term_is(at, TERM_CALL) && has_argument(at, variable) &&
				is_call_of(program, at, readers)))
			continue;
		return reads_file(program, body) ? SOURCE_FILE : SOURCE_READ;
	}
	return SOURCE_UNKNOWN;
}

static bool is_text_variable(struct term term)
{
	return term_is(term, TERM_VARIABLE) &&
	       term.facts->variables[term_get(term)->a].flags & VARIABLE_TEXT;
}

static bool is_word(const struct reading *reading, const struct outline *outline,
	struct term argument)
{
	struct term base = term_first(argument);

	if (is_text_variable(argument))
		return source_of(reading->program, outline->root, argument) ==
		       SOURCE_READ;
	if (!term_is(argument, TERM_ELEMENT) && !term_is(argument, TERM_DEREF))
		return false;
	while (term_is(base, TERM_ADD))
		base = term_first(base);
	if (term_is(base, TERM_PARAMETER))
		return source_is_words(reading->program, outline->function,
			term_get(base)->a);
	return term_is(base, TERM_VARIABLE) &&
	       base.facts->variables[term_get(base)->a].flags & VARIABLE_TEXT &&
	       base.facts->variables[term_get(base)->a].flags & VARIABLE_POINTER;
}

static void read_argument(struct reading *reading, const struct outline *outline,
	struct hand_on hand, struct term argument)
{
	struct function_source *to = &reading->sources[hand.to];
	uint32_t bit = 1u << hand.to_parameter;

	if (term_is(argument, TERM_TEXT)) {
		to->literals |= bit;
	} else if (term_is(argument, TERM_PARAMETER) &&
		   term_get(argument)->a < SOURCES_PARAMETERS) {
		hand.from = outline->function;
		hand.from_parameter = term_get(argument)->a;
		reading->hands = grow(reading->hands, reading->nhands, &reading->room,
			sizeof(hand));
		reading->hands[reading->nhands++] = hand;
	} else if (!(to->words & bit) && is_word(reading, outline, argument)) {
		to->words |= bit;
	}
}

static void add_caller(struct reading *reading, uint32_t callee)
{
	reading->callees = grow(reading->callees, reading->ncalls, &reading->callees_room,
		sizeof(callee));
	reading->callers = grow(reading->callers, reading->ncalls, &reading->callers_room,
		sizeof(callee));
	reading->callees[reading->ncalls] = callee;
	reading->callers[reading->ncalls++] = reading->outline;
}

static void read_call(struct reading *reading, const struct outline *outline,
	struct term call)
{
	struct hand_on hand = {.to = function_of(reading->program, call)};
	struct term argument = term_child(call, 1);
	struct function_source *to;

	if (!program_has_body(reading->program, hand.to))
		return;
	to = &reading->sources[hand.to];
	if (!to->ncallers || to->last_caller != outline->function) {
		to->ncallers++;
		add_caller(reading, hand.to);
	}
	to->last_caller = outline->function;
	for (; term_exists(argument) && hand.to_parameter < SOURCES_PARAMETERS;
		argument = term_next(call, argument)) {
		read_argument(reading, outline, hand, argument);
		hand.to_parameter++;
	}
}

static void hand_on(struct reading *reading)
{
	bool goes_on = true;

	for (int round = 0; round < MAX_ROUNDS && goes_on; round++) {
		goes_on = false;
		for (size_t i = 0; i < reading->nhands; i++) {
			const struct hand_on *hand = &reading->hands[i];
			uint32_t from = reading->sources[hand->from].words;
			uint32_t *to = &reading->sources[hand->to].words;
			uint32_t bit = 1u << hand->to_parameter;

			if (!(from & 1u << hand->from_parameter) || *to & bit)
				continue;
			*to |= bit;
			goes_on = true;
		}
	}
}

void sources_read(const struct routes_program *program, struct sources *out)
{
	size_t count = function_table_count(program->functions);
	struct reading reading = {.program = program};
	uint32_t *callers;

	reading.sources = arena_alloc(program->arena, count * sizeof(*reading.sources));
	for (size_t i = 0; i < program->noutlines; i++) {
		const struct outline *outline = &program->outlines[i];
		struct term at = outline->root;

		reading.outline = (uint32_t)i;
		for (; at.at < term_get(outline->root)->end; at.at++)
			if (term_is(at, TERM_CALL))
				read_call(&reading, outline, at);
	}
	hand_on(&reading);
	callers = arena_alloc(program->arena, reading.ncalls * sizeof(*callers));
	if (reading.ncalls)
		memcpy(callers, reading.callers, reading.ncalls * sizeof(*callers));
	*out = (struct sources){
		.functions = reading.sources,
		.callers = callers,
		.callers_of = grouping_by(program->arena, reading.callees, reading.ncalls,
			count),
	};
	free(reading.hands);
	free(reading.callees);
	free(reading.callers);
}
