#include "tracer/telemetry/execution.h"

#include "core/record.h"
#include "core/span_ids.h"
#include "tracer/runtime/tell.h"
#include "tracer/telemetry/inside.h"
#include "tracer/telemetry/process.h"

#include <stdio.h>
#include <string.h>

/* The program may be what is loaded late: a thread's storage for that is small. */
static __thread struct pcarch_execution *current
	__attribute__((tls_model("initial-exec")));
static struct span_ids ids;
static int ids_lock; /* held for a copy of eight bytes */

struct pcarch_execution *execution_current(void)
{
	return current;
}

/* A recording of this process has it on its traces. */
static void tell_runtime(struct pcarch_execution *execution)
{
	struct recording_execution told = {0};

	if (!pcarch_tell_execution)
		return;
	if (execution) {
		memcpy(told.guid, execution_guid(execution), sizeof(told.guid));
		memcpy(told.trace_id, execution->context.trace_id, sizeof(told.trace_id));
	}
	pcarch_tell_execution(&told);
}

struct pcarch_execution *execution_set_current(struct pcarch_execution *execution)
{
	struct pcarch_execution *before = current;

	current = execution;
	tell_runtime(execution);
	return before;
}

void execution_new_span(uint8_t out[SPAN_ID_SIZE])
{
	static uint64_t serial;
	bool is_new;

	while (__atomic_exchange_n(&ids_lock, 1, __ATOMIC_ACQUIRE))
		;
	is_new = span_ids_next(&ids, out);
	__atomic_store_n(&ids_lock, 0, __ATOMIC_RELEASE);
	if (is_new)
		return;
	/* Unique in this process is better than none. */
	uint64_t number = __atomic_add_fetch(&serial, 1, __ATOMIC_RELAXED);

	memcpy(out, &number, SPAN_ID_SIZE);
}

bool execution_init(struct pcarch_execution *execution, const char *program,
	const uint8_t *user_ref)
{
	uint8_t nonce[GUID_NONCE_SIZE];

	if (!guid_new_nonce(nonce))
		return false;
	memset(execution, 0, offsetof(struct pcarch_execution, context));
	guid_begin(&execution->chain, process_key(), nonce, user_ref);
	execution_new_span(execution->span_id);
	execution_step(execution, GUID_PROG, program);
	return true;
}

/* Append "left separator right", with a NUL; all or nothing, and then never again. */
static void add_part(struct part_list *list, char *text, size_t size, const char *part,
	size_t length)
{
	list->is_cut = list->is_cut || length + 1 > size - list->length;
	if (list->is_cut)
		return;
	memcpy(text + list->length, part, length);
	list->length += length;
	text[list->length] = '\0';
}

static void note_step(struct pcarch_execution *execution, enum guid_kind kind,
	const char *label, size_t length)
{
	static const char *const kinds[] = {
		NULL, "PROG:", "CMD:", "BRANCH:", "FORK:", "OUTCOME:", "UNRESOLVED:"};
	char step[16 + GUID_LABEL_MAX];
	size_t nkind = strlen(kinds[kind]);

	memcpy(step, kinds[kind], nkind);
	memcpy(step + nkind, label, length);
	add_part(&execution->step_parts, execution->steps, EXECUTION_STEPS_SIZE, step,
		nkind + length);
	if (!execution->step_parts.is_cut)
		execution->step_parts.length++; /* the NUL stays between steps */
	execution->has_branch = execution->has_branch || kind == GUID_BRANCH;
	if (kind != GUID_PROG && kind != GUID_CMD)
		return;
	if (kind == GUID_CMD)
		add_part(&execution->command_parts, execution->command,
			EXECUTION_COMMAND_SIZE, " ", 1);
	add_part(&execution->command_parts, execution->command, EXECUTION_COMMAND_SIZE,
		label, length);
	if (kind == GUID_PROG)
		execution->program_length = execution->command_parts.length;
}

void execution_step(struct pcarch_execution *execution, enum guid_kind kind,
	const char *label)
{
	size_t length = strnlen(label, GUID_LABEL_MAX + 1);
	bool was_inside = inside_enter(); /* half a step makes no GUID */

	if (guid_step(&execution->chain, process_key(), kind, label, length))
		note_step(execution, kind, label, length);
	inside_leave(was_inside);
}

const uint8_t *execution_guid(struct pcarch_execution *execution)
{
	if (execution->guid_step != execution->chain.nsteps) {
		guid_tag(&execution->chain, process_key(), execution->guid);
		execution->guid_step = execution->chain.nsteps;
	}
	return execution->guid;
}

void execution_route(struct pcarch_execution *execution)
{
	bool was_inside;

	if (execution->is_routed)
		return;
	was_inside = inside_enter();
	execution->is_routed = true;
	if (execution == current)
		tell_runtime(execution);
	if (execution->context.correlation[0])
		snprintf(execution->correlation, sizeof(execution->correlation), "%s",
			execution->context.correlation);
	else
		guid_hex(execution_guid(execution), execution->correlation);
	inside_leave(was_inside);
}

const char *execution_words(const struct pcarch_execution *execution)
{
	const char *words = execution->command + execution->program_length;

	return *words ? words + 1 : words;
}

void execution_link(struct pcarch_execution *execution, const struct execution_link *link)
{
	if (execution->nlinks < EXECUTION_LINKS)
		execution->links[execution->nlinks++] = *link;
}

void execution_note(struct pcarch_execution *execution, const char *name, uint64_t seq,
	uint64_t mono_ns)
{
	struct recent *recent =
		&execution->recent[execution->nrecent++ % EXECUTION_RECENT];

	size_t length = strnlen(name, sizeof(recent->name) - 1);

	recent->seq = seq;
	recent->mono_ns = mono_ns;
	memcpy(recent->name, name, length);
	recent->name[length] = '\0';
}

void execution_after_fork(void)
{
	struct guid_chain parent;
	char ordinal[12];

	ids_lock = 0;
	span_ids_forget(&ids);
	if (!current)
		return;
	parent = current->chain;
	guid_fork(&current->chain, &parent, process_key(), current->nforks);
	guid_wipe(&parent);
	snprintf(ordinal, sizeof(ordinal), "%u", current->nforks);
	note_step(current, GUID_FORK, ordinal, strlen(ordinal));
	memcpy(current->parent_span_id, current->span_id, SPAN_ID_SIZE);
	execution_new_span(current->span_id);
}
