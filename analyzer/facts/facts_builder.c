#include "analyzer/facts/facts_builder.h"

#include "analyzer/facts/facts_image.h"
#include "core/arena.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

struct interned {
	UT_hash_handle hh;
	uint32_t offset;
	char string[];
};

struct facts_builder {
	struct arena arena; /* of `interned` */
	struct interned *interned;
	struct text strings;
	struct facts_file *files;
	struct facts_function *functions;
	struct facts_site *sites;
	struct facts_use *uses;
	struct facts_record *records;
	struct facts_node *nodes;
	struct facts_flow *flows;
	struct facts_variable *variables;
	struct facts_term *terms;
	struct facts_diagnostic *diagnostics;
	size_t nfiles, nfunctions, nsites, nuses, nrecords, nnodes, nflows, nvariables;
	size_t nterms, ndiagnostics;
	size_t files_room, functions_room, sites_room, uses_room, records_room;
	size_t nodes_room, flows_room, variables_room, terms_room, diagnostics_room;
};

struct facts_builder *facts_builder_new(void)
{
	struct facts_builder *builder = xmalloc(sizeof(*builder));

	*builder = (struct facts_builder){0};
	text_add_char(&builder->strings, '\0');
	return builder;
}

void facts_builder_free(struct facts_builder *builder)
{
	if (!builder)
		return;
	HASH_CLEAR(hh, builder->interned);
	arena_release(&builder->arena);
	text_release(&builder->strings);
	free(builder->files);
	free(builder->functions);
	free(builder->sites);
	free(builder->uses);
	free(builder->records);
	free(builder->nodes);
	free(builder->flows);
	free(builder->variables);
	free(builder->terms);
	free(builder->diagnostics);
	free(builder);
}

uint32_t facts_intern(struct facts_builder *builder, const char *string)
{
	size_t len = strlen(string);
	struct interned *entry;

	if (!len)
		return 0;
	HASH_FIND(hh, builder->interned, string, len, entry);
	if (entry)
		return entry->offset;
	entry = arena_alloc(&builder->arena, sizeof(*entry) + len + 1);
	memcpy(entry->string, string, len);
	entry->offset = (uint32_t)builder->strings.len;
	text_add_bytes(&builder->strings, string, len + 1);
	HASH_ADD(hh, builder->interned, string, len, entry);
	return entry->offset;
}

uint32_t facts_intern_words(struct facts_builder *builder, const char *const *words,
	size_t nwords)
{
	scoped_text joined = {0};

	for (size_t i = 0; i < nwords; i++)
		text_printf(&joined, "%s%s", i ? " " : "", words[i]);
	return facts_intern(builder, text_string(&joined));
}

uint32_t facts_add_file(struct facts_builder *builder, struct facts_file file)
{
	builder->files =
		grow(builder->files, builder->nfiles, &builder->files_room, sizeof(file));
	builder->files[builder->nfiles] = file;
	return (uint32_t)builder->nfiles++;
}

uint32_t facts_add_function(struct facts_builder *builder, struct facts_function function)
{
	builder->functions = grow(builder->functions, builder->nfunctions,
		&builder->functions_room, sizeof(function));
	builder->functions[builder->nfunctions] = function;
	return (uint32_t)builder->nfunctions++;
}

uint32_t facts_add_site(struct facts_builder *builder, struct facts_site site)
{
	builder->sites =
		grow(builder->sites, builder->nsites, &builder->sites_room, sizeof(site));
	builder->sites[builder->nsites] = site;
	return (uint32_t)builder->nsites++;
}

void facts_add_use(struct facts_builder *builder, struct facts_use use)
{
	builder->uses =
		grow(builder->uses, builder->nuses, &builder->uses_room, sizeof(use));
	builder->uses[builder->nuses++] = use;
}

uint32_t facts_add_record(struct facts_builder *builder, struct facts_record record)
{
	builder->records = grow(builder->records, builder->nrecords,
		&builder->records_room, sizeof(record));
	builder->records[builder->nrecords] = record;
	return (uint32_t)builder->nrecords++;
}

void facts_expose_record(struct facts_builder *builder, uint32_t record)
{
	builder->records[record].flags &= ~(uint32_t)RECORD_PRIVATE;
}

uint32_t facts_add_node(struct facts_builder *builder, struct facts_node node)
{
	builder->nodes =
		grow(builder->nodes, builder->nnodes, &builder->nodes_room, sizeof(node));
	builder->nodes[builder->nnodes] = node;
	return (uint32_t)builder->nnodes++;
}

void facts_add_flow(struct facts_builder *builder, struct facts_flow flow)
{
	builder->flows =
		grow(builder->flows, builder->nflows, &builder->flows_room, sizeof(flow));
	builder->flows[builder->nflows++] = flow;
}

uint32_t facts_add_variable(struct facts_builder *builder, struct facts_variable variable)
{
	builder->variables = grow(builder->variables, builder->nvariables,
		&builder->variables_room, sizeof(variable));
	builder->variables[builder->nvariables] = variable;
	return (uint32_t)builder->nvariables++;
}

uint32_t facts_add_term(struct facts_builder *builder, struct facts_term term)
{
	builder->terms =
		grow(builder->terms, builder->nterms, &builder->terms_room, sizeof(term));
	builder->terms[builder->nterms] = term;
	return (uint32_t)builder->nterms++;
}

void facts_end_term(struct facts_builder *builder, uint32_t term)
{
	builder->terms[term].end = (uint32_t)builder->nterms;
}

void facts_add_diagnostic(struct facts_builder *builder,
	struct facts_diagnostic diagnostic)
{
	builder->diagnostics = grow(builder->diagnostics, builder->ndiagnostics,
		&builder->diagnostics_room, sizeof(diagnostic));
	builder->diagnostics[builder->ndiagnostics++] = diagnostic;
}

struct facts_function *facts_function(struct facts_builder *builder, uint32_t function)
{
	return &builder->functions[function];
}

struct facts_site *facts_site(struct facts_builder *builder, uint32_t site)
{
	return &builder->sites[site];
}

struct facts_node *facts_node(struct facts_builder *builder, uint32_t node)
{
	return &builder->nodes[node];
}

const struct facts_flow *facts_flow(const struct facts_builder *builder, uint32_t flow)
{
	return &builder->flows[flow];
}

const struct facts_record *facts_record(const struct facts_builder *builder,
	uint32_t record)
{
	return &builder->records[record];
}

const struct facts_variable *facts_variable(const struct facts_builder *builder,
	uint32_t variable)
{
	return &builder->variables[variable];
}

const char *facts_text(const struct facts_builder *builder, uint32_t string)
{
	return builder->strings.bytes + string;
}

const char *facts_path(const struct facts_builder *builder, uint32_t file)
{
	return file == FACTS_NONE ? "" : facts_text(builder, builder->files[file].path);
}

uint32_t facts_count_flows(const struct facts_builder *builder)
{
	return (uint32_t)builder->nflows;
}

uint32_t facts_count_functions(const struct facts_builder *builder)
{
	return (uint32_t)builder->nfunctions;
}

uint32_t facts_count_sites(const struct facts_builder *builder)
{
	return (uint32_t)builder->nsites;
}

static void add_section(struct text *out, const void *records, size_t bytes)
{
	static const char zeros[8];

	text_add_bytes(out, records, bytes);
	text_add_bytes(out, zeros, facts_padded(bytes) - bytes);
}

void facts_build(const struct facts_builder *builder, struct facts_unit unit,
	struct text *out)
{
	struct facts_header header = {
		.magic = FACTS_MAGIC,
		.version = FACTS_VERSION,
		.nsections = FACTS_NSECTIONS,
		.counts = {1, builder->nfiles, builder->nfunctions, builder->nsites,
			builder->nuses, builder->nrecords, builder->nnodes,
			builder->nflows, builder->nvariables, builder->nterms,
			builder->ndiagnostics, builder->strings.len},
	};
	struct {
		const void *records;
		size_t bytes;
	} sections[FACTS_NSECTIONS] = {
		{&unit, sizeof(unit)},
		{builder->files, builder->nfiles * sizeof(*builder->files)},
		{builder->functions, builder->nfunctions * sizeof(*builder->functions)},
		{builder->sites, builder->nsites * sizeof(*builder->sites)},
		{builder->uses, builder->nuses * sizeof(*builder->uses)},
		{builder->records, builder->nrecords * sizeof(*builder->records)},
		{builder->nodes, builder->nnodes * sizeof(*builder->nodes)},
		{builder->flows, builder->nflows * sizeof(*builder->flows)},
		{builder->variables, builder->nvariables * sizeof(*builder->variables)},
		{builder->terms, builder->nterms * sizeof(*builder->terms)},
		{builder->diagnostics,
			builder->ndiagnostics * sizeof(*builder->diagnostics)},
		{builder->strings.bytes, builder->strings.len},
	};

	header.size = facts_padded(sizeof(header));
	for (int i = 0; i < FACTS_NSECTIONS; i++)
		header.size += facts_padded(sections[i].bytes);
	add_section(out, &header, sizeof(header));
	for (int i = 0; i < FACTS_NSECTIONS; i++)
		add_section(out, sections[i].records, sections[i].bytes);
}
