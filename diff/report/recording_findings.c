#include "diff/report/recording_findings.h"

#include "core/arena.h"
#include "core/dynamic_trace.h"
#include "core/text.h"
#include "diff/report/finding_list.h"

#include <inttypes.h>
#include <stdlib.h>

static bool sees_all_calls(const struct process *process)
{
	return process->mode != PROCESS_INDIRECT && process->mode != PROCESS_AUDIT;
}

bool recording_has_losses(const struct dynamic_trace *run)
{
	for (size_t i = 0; i < run->nprocesses; i++)
		if (!run->processes[i].is_complete && run->processes[i].ndrops)
			return true;
	return false;
}

static void add_lack(const char *file, const struct text *message, const char *help,
	struct finding_list *list)
{
	struct diff_finding finding = {
		.kind = FINDING_INCOMPLETE_RECORDING,
		.at = {.file = file},
		.message = arena_strdup(list->arena, text_string(message)),
		.help = help,
	};

	finding_list_add(list, &finding, help);
}

static void add_drops(const struct dynamic_trace *run, const char *file,
	struct finding_list *list)
{
	scoped_text message = {0};
	size_t ndrops;
	struct drop *drops = dynamic_drops(run, &ndrops);

	text_add(&message, "part of what ran was not recorded (");
	for (size_t i = 0; i < ndrops; i++)
		text_printf(&message, "%s%s %" PRIu64, i ? ", " : "", drops[i].reason,
			drops[i].count);
	text_add(&message, "): nothing can be said of what was not seen");
	free(drops);
	add_lack(file, &message, NULL, list);
}

void recording_findings(const struct dynamic_trace *run, const char *file,
	struct finding_list *list)
{
	size_t npartial = 0;
	scoped_text message = {0};

	if (recording_has_losses(run))
		add_drops(run, file, list);
	for (size_t i = 0; i < run->nprocesses; i++)
		npartial += !sees_all_calls(&run->processes[i]);
	if (!npartial)
		return;
	text_printf(&message,
		"%zu of %zu processes ran in a mode that does not record every call: nothing "
		"can be said of what was not seen",
		npartial, run->nprocesses);
	add_lack(file, &message,
		"to see every call, build with 'pcarch build' in its default mode, and trace again",
		list);
}
