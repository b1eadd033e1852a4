#include "analyzer/facts/facts.h"

#include "analyzer/facts/facts_image.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/finding.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_ARITY = 65535 /* libclang's own limit */
};

static const uint32_t record_sizes[FACTS_NSECTIONS] = {
	[SECTION_UNIT] = sizeof(struct facts_unit),
	[SECTION_FILES] = sizeof(struct facts_file),
	[SECTION_FUNCTIONS] = sizeof(struct facts_function),
	[SECTION_SITES] = sizeof(struct facts_site),
	[SECTION_USES] = sizeof(struct facts_use),
	[SECTION_RECORDS] = sizeof(struct facts_record),
	[SECTION_NODES] = sizeof(struct facts_node),
	[SECTION_FLOWS] = sizeof(struct facts_flow),
	[SECTION_VARIABLES] = sizeof(struct facts_variable),
	[SECTION_TERMS] = sizeof(struct facts_term),
	[SECTION_DIAGNOSTICS] = sizeof(struct facts_diagnostic),
	[SECTION_STRINGS] = 1,
};

static bool bad(struct error *err, struct facts_place place, const char *what)
{
	return error_set_byte(err, place.file, place.offset,
		"not a facts file of this version: %s", what);
}

static bool is_string(const struct facts *facts, uint32_t string)
{
	return string < facts->strings_size;
}

static bool is_file(const struct facts *facts, uint32_t file)
{
	return file < facts->nfiles || file == FACTS_NONE;
}

/* What has a body or stands for one: only that calls and uses. */
static bool is_definition(const struct facts_function *fn)
{
	return fn->flags & (FACTS_DEFINED | FUNCTION_ALIAS | FUNCTION_IFUNC);
}

static bool functions_good(const struct facts *facts)
{
	size_t nsites = 0;

	for (size_t i = 0; i < facts->nfunctions; i++) {
		const struct facts_function *fn = &facts->functions[i];

		if (!is_string(facts, fn->name) || !is_string(facts, fn->signature) ||
			!is_string(facts, fn->symbol) || !is_string(facts, fn->target) ||
			!is_file(facts, fn->file))
			return false;
		if (fn->arity > MAX_ARITY || fn->first_site > facts->nsites ||
			fn->nsites > facts->nsites - fn->first_site)
			return false;
		if (fn->nsites && !is_definition(fn))
			return false;
		nsites += fn->nsites;
	}
	/* A site is one function's: a small file must not stand for a large program. */
	return nsites <= facts->nsites;
}

static bool sites_good(const struct facts *facts)
{
	for (size_t i = 0; i < facts->nsites; i++) {
		const struct facts_site *site = &facts->sites[i];

		if (!is_file(facts, site->file) || !is_file(facts, site->spelling_file) ||
			!is_string(facts, site->expression_name) ||
			!is_string(facts, site->signature))
			return false;
		if (site->expression > CALLEE_OTHER || site->file == FACTS_NONE)
			return false;
		if (site->expression == CALLEE_NAME ? site->callee >= facts->nfunctions
						    : site->callee != FACTS_NONE)
			return false;
		if (site->node >= facts->nnodes && site->node != FACTS_NONE)
			return false;
	}
	return true;
}

static bool is_user(const struct facts *facts, uint32_t function)
{
	return function == FACTS_NONE ||
	       (function < facts->nfunctions &&
		       is_definition(&facts->functions[function]));
}

static bool is_node(const struct facts *facts, const struct facts_node *node)
{
	if (!is_string(facts, node->name))
		return false;
	switch (node->kind) {
	case NODE_FUNCTION:
		return node->a < facts->nfunctions;
	case NODE_PARAMETER:
	case NODE_REST:
	case NODE_RESULT:
		return node->a < facts->nfunctions &&
		       is_definition(&facts->functions[node->a]);
	case NODE_STATIC:
		return node->a < facts->nfiles;
	case NODE_FIELD:
		return node->a < facts->nrecords && is_string(facts, node->b);
	case NODE_UNION:
	case NODE_LOADED:
		return node->a < facts->nrecords;
	case NODE_ARGUMENT:
	case NODE_ANSWER:
		return node->a < facts->nsites;
	default:
		return node->kind < NODE_KINDS;
	}
}

static bool is_flow(const struct facts *facts, const struct facts_flow *flow)
{
	uint32_t from;

	if (flow->from >= facts->nnodes || flow->to >= facts->nnodes ||
		!is_file(facts, flow->file) || !is_user(facts, flow->owner))
		return false;
	from = facts->nodes[flow->from].kind;
	return !(flow->flags & FLOW_POINTEE) || from == NODE_FIELD || from == NODE_UNION;
}

static bool flows_good(const struct facts *facts)
{
	for (size_t i = 0; i < facts->nrecords; i++)
		if (!is_string(facts, facts->records[i].name) ||
			!is_string(facts, facts->records[i].shape) ||
			!is_file(facts, facts->records[i].file))
			return false;
	for (size_t i = 0; i < facts->nnodes; i++)
		if (!is_node(facts, &facts->nodes[i]))
			return false;
	for (size_t i = 0; i < facts->nflows; i++)
		if (!is_flow(facts, &facts->flows[i]))
			return false;
	return true;
}

static bool is_term(const struct facts *facts, const struct facts_term *term)
{
	if (!is_string(facts, term->name) || !is_file(facts, term->file))
		return false;
	switch (term->kind) {
	case TERM_BODY:
		return term->a < facts->nfunctions &&
		       (facts->functions[term->a].flags & FACTS_DEFINED);
	case TERM_OBJECT:
	case TERM_VARIABLE:
		return term->a < facts->nvariables;
	case TERM_CALL:
		return term->a < facts->nsites || term->a == FACTS_NONE;
	case TERM_FUNCTION:
		return term->a < facts->nfunctions;
	case TERM_FIELD:
		return is_string(facts, term->a);
	default:
		return term->kind < TERM_KINDS;
	}
}

/* Does each term end no later than the one around it? */
static bool terms_nest(const struct facts *facts)
{
	const struct facts_term *terms = facts->terms;
	uint32_t *open = xmalloc((facts->nterms + 1) * sizeof(*open));
	size_t nopen = 0;
	bool nests = true;

	for (uint32_t i = 0; nests && i < facts->nterms; i++) {
		while (nopen && terms[open[nopen - 1]].end <= i)
			nopen--;
		nests = terms[i].end > i && terms[i].end <= facts->nterms &&
			(!nopen || terms[i].end <= terms[open[nopen - 1]].end);
		open[nopen++] = i;
	}
	free(open);
	return nests;
}

static bool outlines_good(const struct facts *facts)
{
	for (size_t i = 0; i < facts->nvariables; i++)
		if (!is_string(facts, facts->variables[i].name) ||
			!is_string(facts, facts->variables[i].record) ||
			!is_file(facts, facts->variables[i].file))
			return false;
	for (size_t i = 0; i < facts->nterms; i++)
		if (!is_term(facts, &facts->terms[i]))
			return false;
	return terms_nest(facts);
}

static bool rest_good(const struct facts *facts)
{
	const struct facts_unit *unit = facts->unit;

	for (size_t i = 0; i < facts->nfiles; i++)
		if (!is_string(facts, facts->files[i].path))
			return false;
	for (size_t i = 0; i < facts->nuses; i++)
		if (facts->uses[i].used >= facts->nfunctions ||
			!is_user(facts, facts->uses[i].user))
			return false;
	for (size_t i = 0; i < facts->ndiagnostics; i++)
		if (!is_file(facts, facts->diagnostics[i].file) ||
			!is_string(facts, facts->diagnostics[i].text))
			return false;
	return unit->kind <= FACTS_PREFIX && unit->status <= UNIT_FAILED &&
	       unit->finding < FINDING_COUNT && is_string(facts, unit->path) &&
	       is_string(facts, unit->arguments) && is_string(facts, unit->reason) &&
	       is_string(facts, unit->prefix);
}

static bool place_sections(const char *bytes, const struct facts_header *header,
	const char *starts[FACTS_NSECTIONS])
{
	uint64_t at = facts_padded(sizeof(*header));

	for (int i = 0; i < FACTS_NSECTIONS; i++) {
		if (at > header->size ||
			header->counts[i] > (header->size - at) / record_sizes[i])
			return false;
		starts[i] = bytes + at;
		at = facts_padded(at + header->counts[i] * record_sizes[i]);
	}
	return at == header->size;
}

bool facts_open(const char *bytes, size_t size, struct facts_place place,
	struct facts *out, struct error *err)
{
	struct facts_header header;
	const char *starts[FACTS_NSECTIONS];
	struct facts facts;

	if (size < sizeof(header))
		return bad(err, place, "too short");
	memcpy(&header, bytes, sizeof(header));
	if (memcmp(header.magic, FACTS_MAGIC, sizeof(header.magic)) != 0)
		return bad(err, place, "it does not start with 'PCFACTS'");
	if (header.version != FACTS_VERSION || header.nsections != FACTS_NSECTIONS)
		return bad(err, place,
			"made by another version of pcarch; extract it again");
	if (header.size > size || !place_sections(bytes, &header, starts))
		return bad(err, place, "truncated");
	facts = (struct facts){
		.start = bytes,
		.unit = (const void *)starts[SECTION_UNIT],
		.files = (const void *)starts[SECTION_FILES],
		.nfiles = header.counts[SECTION_FILES],
		.functions = (const void *)starts[SECTION_FUNCTIONS],
		.nfunctions = header.counts[SECTION_FUNCTIONS],
		.sites = (const void *)starts[SECTION_SITES],
		.nsites = header.counts[SECTION_SITES],
		.uses = (const void *)starts[SECTION_USES],
		.nuses = header.counts[SECTION_USES],
		.records = (const void *)starts[SECTION_RECORDS],
		.nrecords = header.counts[SECTION_RECORDS],
		.nodes = (const void *)starts[SECTION_NODES],
		.nnodes = header.counts[SECTION_NODES],
		.flows = (const void *)starts[SECTION_FLOWS],
		.nflows = header.counts[SECTION_FLOWS],
		.variables = (const void *)starts[SECTION_VARIABLES],
		.nvariables = header.counts[SECTION_VARIABLES],
		.terms = (const void *)starts[SECTION_TERMS],
		.nterms = header.counts[SECTION_TERMS],
		.diagnostics = (const void *)starts[SECTION_DIAGNOSTICS],
		.ndiagnostics = header.counts[SECTION_DIAGNOSTICS],
		.strings = starts[SECTION_STRINGS],
		.strings_size = header.counts[SECTION_STRINGS],
		.size = header.size,
	};
	if (header.counts[SECTION_UNIT] != 1 || !facts.strings_size ||
		facts.strings[facts.strings_size - 1] || facts.strings[0])
		return bad(err, place, "damaged");
	if (!functions_good(&facts) || !sites_good(&facts) || !flows_good(&facts) ||
		!outlines_good(&facts) || !rest_good(&facts))
		return bad(err, place, "damaged");
	*out = facts;
	return true;
}
