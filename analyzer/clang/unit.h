/* One parsed unit into facts. */
#ifndef PCARCH_ANALYZER_CLANG_UNIT_H
#define PCARCH_ANALYZER_CLANG_UNIT_H

struct extract_input;
struct extract_output;
struct parsed;
struct sources;

/* Walk `parsed` and fill `out`. Sets out->pch_failed when a prefix turned out not to fit.
 */
void unit_read(const struct extract_input *input, const struct parsed *parsed,
	struct sources *sources, struct extract_output *out);

#endif
