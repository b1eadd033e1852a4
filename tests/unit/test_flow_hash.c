/* The hash of a body's flows: the same in every unit, and another for another body. */
#include "tests/made_program.h"

TestSuite(flow_hash, .fini = made_drop);

/* What the bodies that are compared differ in. */
struct body {
	unsigned line; /* of the flows */
	uint32_t flags, row;
	uint16_t holds;
	const char *local, *field, *signature, *record, *header;
	bool is_swapped; /* which of the locals is called */
};

static const struct body plain = {.line = 7,
	.local = "a",
	.field = "run",
	.signature = "int (int)",
	.record = "ops",
	.header = "/p/h.h"};

/* In a unit that has `nothers` of everything before it. */
static uint32_t hash_of(const struct body *body, unsigned nothers)
{
	uint32_t function, site, header, record, nodes[5], hash;

	made_begin("/p/a.c");
	function = made_static("other");
	made_body(function);
	for (unsigned i = 0; i < nothers; i++) {
		made_flow(made_local("x"), made_local("y"), 0);
		made_query(made_local("z"));
		made_file("/p/other.h");
		made_record(made.source, "other", 0);
	}
	header = made_file(body->header);
	record = facts_add_record(made.facts,
		(struct facts_record){header, 5, made_name(body->record), 0, 0});
	function = facts_add_function(made.facts,
		(struct facts_function){.name = made_name("inline_one"),
			.file = header,
			.offset = 50,
			.flags = FACTS_INTERNAL});
	made_body(function);
	made.source = header;
	made.line = body->line - 1;
	nodes[0] = made_node((struct facts_node){.kind = NODE_LOCAL,
		.holds = body->holds,
		.name = made_name(body->local)});
	nodes[1] = made_local("b");
	nodes[2] = made_node((struct facts_node){.kind = NODE_FIELD,
		.a = record,
		.b = made_name(body->signature),
		.name = made_name(body->field)});
	made_flow(nodes[0], nodes[1], body->flags);
	made.line = body->line - 1;
	made_flow(nodes[1], nodes[2], 0);
	if (body->row)
		facts_add_flow(made.facts, (struct facts_flow){
						   .from = nodes[0],
						   .to = nodes[2],
						   .file = header,
						   .owner = function,
						   .row = nothers + body->row,
					   });
	made_query(nodes[body->is_swapped]);
	site = facts_count_sites(made.facts) - 1;
	made_flow(nodes[2], made_argument(site, 0), 0);
	made_outside();
	hash = facts_function(made.facts, function)->flow_hash;
	made_end();
	made_drop();
	return hash;
}

static void expect_other(struct body body)
{
	cr_assert_neq(hash_of(&body, 0), hash_of(&plain, 0));
}

Test(flow_hash, is_the_same_in_every_unit)
{
	struct body rows = plain;

	rows.row = 1;
	cr_assert_neq(hash_of(&plain, 0), 0);
	for (unsigned nothers = 0; nothers < 4; nothers++) {
		cr_assert_eq(hash_of(&plain, nothers), hash_of(&plain, 0));
		cr_assert_eq(hash_of(&rows, nothers), hash_of(&rows, 0));
	}
}

#define OTHER(member, value)              \
	do {                              \
		struct body body = plain; \
		body.member = (value);    \
		expect_other(body);       \
	} while (0)

Test(flow_hash, is_another_for_other_flows)
{
	OTHER(line, 8);
	OTHER(flags, FLOW_BOTH_WAYS);
	OTHER(row, 1);
}

Test(flow_hash, is_another_for_other_nodes)
{
	OTHER(holds, HOLDS_ADDRESS);
	OTHER(local, "c");
	OTHER(field, "stop");
	OTHER(signature, "void (void)");
	OTHER(record, "others");
	OTHER(header, "/p/i.h");
}

Test(flow_hash, is_another_where_something_else_is_called)
{
	OTHER(is_swapped, true);
}

Test(flow_hash, of_nothing_is_nothing)
{
	uint32_t function;

	made_begin("/p/a.c");
	function = made_static("f");
	made_body(function);
	made_call(function);
	made_outside();
	cr_assert_eq(facts_function(made.facts, function)->flow_hash, 0);
	made_end();
}
