/* The steps that an execution takes: words of the command, and ways inside it. */
#include "tracer/telemetry/constant.h"
#include "tracer/telemetry/event.h"
#include "tracer/telemetry/execution.h"
#include "tracer/telemetry/inside.h"
#include "tracer/telemetry/journal.h"
#include "tracer/telemetry/lifetime.h"
#include "tracer/telemetry/process.h"

#include <string.h>

/* A handler that comes while its thread is here must not change what is being changed. */
static struct pcarch_execution *current(void)
{
	process_ready();
	return inside_is() ? NULL : execution_current();
}

void pcarch_step_literal(enum pcarch_step_kind kind, const char *label)
{
	struct pcarch_execution *execution = current();

	if (!execution)
		return;
	if (kind == PCARCH_STEP_UNRESOLVED)
		execution_step(execution, GUID_UNRESOLVED, GUID_UNRESOLVED_LABEL);
	else
		execution_step(execution, GUID_CMD, label);
}

void pcarch_branch(const char *taken)
{
	struct pcarch_execution *execution = current();
	const struct pcarch_field field = pcarch_text("branch", taken);
	const struct event event = {.level = PCARCH_LEVEL_DEBUG,
		.name = "branch.taken",
		.execution = execution,
		.known = {&field, 1}};

	if (!execution)
		return;
	lifetime_route(execution);
	execution_step(execution, GUID_BRANCH, taken);
	if (journal_wants(PCARCH_LEVEL_DEBUG))
		journal_tell(&event);
	else
		execution_note(execution, event.name, 0, journal_now());
}

void pcarch_command(const char *name)
{
	struct pcarch_execution *execution = current();

	if (!execution)
		return;
	if (constant_holds(name))
		execution_step(execution, GUID_CMD, name);
	else
		execution_step(execution, GUID_UNRESOLVED, GUID_UNRESOLVED_LABEL);
}

void pcarch_routed(void)
{
	struct pcarch_execution *execution = current();

	if (execution)
		lifetime_route(execution);
}

static bool has_alias(const struct pcarch_command *row, const char *word)
{
	for (const char *const *alias = row->aliases; alias && *alias; alias++)
		if (strcmp(*alias, word) == 0)
			return true;
	return false;
}

static const struct pcarch_command *find(const struct pcarch_command *table,
	const char *word)
{
	for (; table->name; table++)
		if (strcmp(table->name, word) == 0 || has_alias(table, word))
			return table;
	return NULL;
}

static int refuse(void)
{
	const struct pcarch_failure failure = {
		.origin = PCARCH_ORIGIN_NAMED, .type = "USAGE", .layer = "cli"};

	pcarch_step_literal(PCARCH_STEP_UNRESOLVED, "");
	pcarch_error(&failure);
	return PCARCH_NO_COMMAND;
}

int pcarch_dispatch(const struct pcarch_command *table, int argc, char **argv)
{
	const struct pcarch_command *row = NULL;
	int nwords = 0;

	while (table && nwords < argc) {
		const struct pcarch_command *next = find(table, argv[nwords]);

		/* A row that runs takes what is no word as its operand. */
		if (!next && row && row->run)
			break;
		if (!next)
			return refuse();
		row = next;
		pcarch_command(row->name);
		table = row->sub;
		nwords++;
	}
	if (!row || !row->run)
		return refuse();
	pcarch_routed();
	return row->run(argc - nwords, argv + nwords);
}
