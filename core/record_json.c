#include "core/record_json.h"

#include "core/json_writer.h"
#include "core/member_json.h"
#include "core/trace.h"
#include "core/trace_names.h"

void record_json_write(struct json_writer *json, const struct function *fn,
	const char *type_key)
{
	json_member_string(json, "module", fn->module);
	json_member_string(json, "function", fn->name);
	json_member_uint(json, "arity", fn->arity);
	json_member_string(json, "file", fn->file);
	json_member_uint(json, "line", fn->line);
	json_member_string(json, type_key, function_type_names[fn->type]);
}

void record_json_read(struct members *in, struct function *fn, const char *type_key)
{
	fn->module = member_string(in, "module");
	fn->name = member_string(in, "function");
	fn->arity = member_unsigned(in, "arity");
	fn->file = member_string(in, "file");
	fn->line = member_unsigned(in, "line");
	fn->type = member_choice(in, type_key, function_type_names);
}
