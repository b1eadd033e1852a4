/* Facts being collected from one unit, on their way to an image (analyzer/facts/facts.h).
 */
#ifndef PCARCH_ANALYZER_FACTS_FACTS_BUILDER_H
#define PCARCH_ANALYZER_FACTS_FACTS_BUILDER_H

#include "analyzer/facts/facts.h"

struct text;

/* All memory is the builder's, on the heap. */
struct facts_builder;

struct facts_builder *facts_builder_new(void);
void facts_builder_free(struct facts_builder *builder);

uint32_t facts_intern(struct facts_builder *builder, const char *string);

/* Words as one string with blanks between: a unit's arguments. */
uint32_t facts_intern_words(struct facts_builder *builder, const char *const *words,
	size_t nwords);
uint32_t facts_add_file(struct facts_builder *builder, struct facts_file file);
uint32_t facts_add_function(struct facts_builder *builder,
	struct facts_function function);
uint32_t facts_add_site(struct facts_builder *builder, struct facts_site site);
void facts_add_use(struct facts_builder *builder, struct facts_use use);
uint32_t facts_add_record(struct facts_builder *builder, struct facts_record record);
void facts_expose_record(struct facts_builder *builder, uint32_t record);
uint32_t facts_add_node(struct facts_builder *builder, struct facts_node node);
void facts_add_flow(struct facts_builder *builder, struct facts_flow flow);
uint32_t facts_add_variable(struct facts_builder *builder,
	struct facts_variable variable);
uint32_t facts_add_term(struct facts_builder *builder, struct facts_term term);

/* The last term added is the last below `term`. */
void facts_end_term(struct facts_builder *builder, uint32_t term);
void facts_add_diagnostic(struct facts_builder *builder,
	struct facts_diagnostic diagnostic);

/* Valid until the next one is added. */
struct facts_function *facts_function(struct facts_builder *builder, uint32_t function);
struct facts_site *facts_site(struct facts_builder *builder, uint32_t site);
const struct facts_flow *facts_flow(const struct facts_builder *builder, uint32_t flow);
const struct facts_record *facts_record(const struct facts_builder *builder,
	uint32_t record);
const struct facts_variable *facts_variable(const struct facts_builder *builder,
	uint32_t variable);
struct facts_node *facts_node(struct facts_builder *builder, uint32_t node);

uint32_t facts_count_functions(const struct facts_builder *builder);
uint32_t facts_count_sites(const struct facts_builder *builder);
uint32_t facts_count_flows(const struct facts_builder *builder);

/* Valid until the next string is interned. */
const char *facts_text(const struct facts_builder *builder, uint32_t string);
const char *facts_path(const struct facts_builder *builder, uint32_t file);

/* Append the image to `out`. */
void facts_build(const struct facts_builder *builder, struct facts_unit unit,
	struct text *out);

#endif
