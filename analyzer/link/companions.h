/*
 * Units that are linked together, and units that cannot be. What a unit refers to, and
 * only one other unit defines, is in every program that the unit is in; and a program has
 * one `main`.
 *
 * That rests on what objects refer to, which the sources tell almost: a call that the
 * compiler drops (`if (0)`) may tell wrong. Where what is told contradicts itself, with
 * two `main` in one program, nothing is concluded of the units that it touches.
 */
#ifndef PCARCH_ANALYZER_LINK_COMPANIONS_H
#define PCARCH_ANALYZER_LINK_COMPANIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct companions;

/* Of `nunits` units, known by their numbers. */
struct companions *companions_new(size_t nunits);
void companions_free(struct companions *companions);

/* Every program that has `unit` has `other`. */
void companions_add(struct companions *companions, uint32_t unit, uint32_t other);

/* No program has two of these. */
void companions_add_main(struct companions *companions, uint32_t unit);

/*
 * Nor two of these, which define one symbol. After all of the above; as are the
 * questions.
 */
void companions_add_rivals(struct companions *companions, const uint32_t *units,
	size_t nunits);

/* Has every program that has `unit` also `other`? False where that is not known. */
bool companions_has(struct companions *companions, uint32_t unit, uint32_t other);

/* Is no program known to have both, nor possible? False where that is not known. */
bool companions_are_apart(struct companions *companions, uint32_t a, uint32_t b);

#endif
