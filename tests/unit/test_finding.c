#include "core/finding.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <stdio.h>

Test(finding, ids_are_the_position_in_the_list)
{
	char id[16];

	for (unsigned i = 0; i < FINDING_COUNT; i++) {
		snprintf(id, sizeof(id), "PCA%03u", i + 1);
		cr_assert_str_eq(finding_kinds[i].id, id);
	}
}

Test(finding, an_id_or_a_name_finds_it)
{
	cr_assert_eq(finding_find("PCA002"), &finding_kinds[FINDING_UNIT_PARTIAL]);
	cr_assert_eq(finding_find("pca002"), &finding_kinds[FINDING_UNIT_PARTIAL]);
	cr_assert_eq(finding_find("unit-partial"), &finding_kinds[FINDING_UNIT_PARTIAL]);
	cr_assert_null(finding_find("PCA000"));
	cr_assert_null(finding_find("PCA02"));
	cr_assert_null(finding_find(""));
}

Test(finding, names_are_unique)
{
	for (unsigned i = 0; i < FINDING_COUNT; i++)
		cr_assert_eq(finding_find(finding_kinds[i].name), &finding_kinds[i]);
}

Test(finding, every_text_is_there_in_its_form)
{
	for (unsigned i = 0; i < FINDING_COUNT; i++) {
		const struct finding_kind *kind = &finding_kinds[i];

		cr_assert(!isupper((unsigned char)kind->summary[0]), "%s", kind->summary);
		cr_assert(!isupper((unsigned char)kind->help[0]), "%s", kind->help);
		cr_assert_neq(kind->summary[strlen(kind->summary) - 1], '.');
		cr_assert_neq(kind->help[strlen(kind->help) - 1], '.');
		cr_assert_leq(strlen(kind->summary), 74, "%s", kind->summary);
		cr_assert_gt(strlen(kind->text), 200, "%s says too little", kind->id);
		cr_assert_eq(kind->text[strlen(kind->text) - 1], '.');
	}
}
