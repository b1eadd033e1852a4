#include "diff/chrome.h"

#include "core/dynamic_trace.h"
#include "core/json_writer.h"
#include "diff/span_tree.h"

static void write_process(struct json_writer *json, const struct process *process,
	uint32_t number)
{
	json_begin_line_object(json);
	json_member_string(json, "name", "process_name");
	json_member_string(json, "ph", "M");
	json_member_uint(json, "pid", number);
	json_key(json, "args");
	json_begin_line_object(json);
	json_member_string(json, "name", process->program);
	json_member_uint(json, "pid", process->pid);
	json_end_object(json);
	json_end_object(json);
}

static void write_span(struct json_writer *json, const struct dynamic_trace *all,
	size_t trace, const struct span *span)
{
	const struct observed_trace *of = &all->traces[trace];

	json_begin_line_object(json);
	json_member_string(json, "name", span_tree_name(all, span));
	json_member_string(json, "cat", of->entry_point ? of->entry_point : "trace");
	json_member_string(json, "ph", "X");
	json_member_uint(json, "ts", span->start_us);
	json_member_uint(json, "dur", span->duration_us);
	/* A pid may be that of several processes, of other times or hosts. */
	json_member_uint(json, "pid", span->process);
	json_member_uint(json, "tid", trace);
	json_key(json, "args");
	json_begin_line_object(json);
	json_member_string(json, "trace_id", of->id);
	json_member_string(json, "span_id", span->id);
	if (span->function != TRACE_NONE) {
		json_member_string(json, "file", all->functions[span->function].file);
		json_member_uint(json, "line", all->functions[span->function].line);
	}
	json_end_object(json);
	json_end_object(json);
}

bool chrome_write(const struct dynamic_trace *trace, FILE *out)
{
	struct json_writer json;

	json_open(&json, out);
	json_begin_object(&json);
	json_member_string(&json, "displayTimeUnit", "ms");
	json_key(&json, "traceEvents");
	json_begin_array(&json);
	for (uint32_t i = 0; i < trace->nprocesses; i++)
		write_process(&json, &trace->processes[i], i);
	for (size_t i = 0; i < trace->ntraces; i++)
		for (size_t k = 0; k < trace->traces[i].nspans; k++)
			write_span(&json, trace, i, &trace->traces[i].spans[k]);
	json_end_array(&json);
	json_end_object(&json);
	return json_close(&json);
}
