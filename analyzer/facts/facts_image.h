/* The layout of a facts image: what facts.c reads and facts_builder.c writes. */
#ifndef PCARCH_ANALYZER_FACTS_FACTS_IMAGE_H
#define PCARCH_ANALYZER_FACTS_FACTS_IMAGE_H

#include <stdint.h>

enum facts_section {
	SECTION_UNIT,
	SECTION_FILES,
	SECTION_FUNCTIONS,
	SECTION_SITES,
	SECTION_USES,
	SECTION_RECORDS,
	SECTION_NODES,
	SECTION_FLOWS,
	SECTION_VARIABLES,
	SECTION_TERMS,
	SECTION_DIAGNOSTICS,
	SECTION_STRINGS,
	FACTS_NSECTIONS,
};

#define FACTS_MAGIC "PCFACTS" /* with its NUL: 8 bytes */

/* Sections follow in order, each padded to 8 bytes. */
struct facts_header {
	char magic[8];
	uint32_t version, nsections;
	uint64_t size; /* of the image, in bytes, this header included */
	uint64_t counts[FACTS_NSECTIONS]; /* of records; of bytes, for strings */
};

static inline uint64_t facts_padded(uint64_t size)
{
	return (size + 7) & ~(uint64_t)7;
}

#endif
