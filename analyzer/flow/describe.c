#include "analyzer/flow/describe.h"

#include "analyzer/flow/records.h"
#include "analyzer/flow/state.h"
#include "analyzer/link/function_table.h"
#include "core/text.h"

#include <string.h>

static void describe_of_function(struct flow *flow, uint32_t node, struct text *out)
{
	const struct flow_key *key = flow_graph_key(&flow->graph, node);
	const char *name = flow->graph.nodes[node].name;
	const char *function =
		function_table_get(flow->program.functions, key->a)->function.name;

	if (key->kind == NODE_RESULT)
		text_printf(out, "result of %s", function);
	else if (key->kind == NODE_REST)
		text_printf(out, "variable arguments of %s", function);
	else if (name && name[0])
		text_printf(out, "parameter %s of %s", name, function);
	else
		text_printf(out, "parameter %u of %s", key->b + 1, function);
}

void flow_describe(struct flow *flow, uint32_t node, struct text *out)
{
	const struct flow_key *key = flow_graph_key(&flow->graph, node);
	const char *name = flow->graph.nodes[node].name;
	const char *record;

	switch (key->kind) {
	case NODE_GLOBAL:
	case NODE_STATIC:
	case NODE_LOCAL:
		text_printf(out, "variable %s", name ? name : "");
		break;
	case NODE_PARAMETER:
	case NODE_REST:
	case NODE_RESULT:
		describe_of_function(flow, node, out);
		break;
	case NODE_FIELD:
		record = flow_records_name(flow->records, key->a);
		text_printf(out, "field %s%s%s", record, record[0] ? "." : "", key->text);
		break;
	case NODE_UNION:
		record = flow_records_name(flow->records, key->a);
		text_printf(out, "union %s%s", record[0] == '.' ? "in " : "",
			record[0] ? record + strspn(record, ".") : "without a name");
		break;
	case NODE_BYTES:
		text_add(out, "integers");
		break;
	case NODE_SLOT:
		text_add(out, key->text);
		break;
	default:
		break;
	}
}
