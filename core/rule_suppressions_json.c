/* The section of a rule file that says which findings are meant, and why. */
#include "core/rule_reader_json.h"

#include "core/finding.h"

#include <cjson/cJSON.h>
#include <string.h>

void rule_read_suppression(struct rule_reader *reader, const cJSON *value)
{
	struct members in = members_of(&reader->source, value);
	struct suppression_rule rule = {
		.module = member_optional_string(&in, "module"),
		.function = member_optional_string(&in, "function"),
		.file = member_optional_string(&in, "file"),
		.reason = member_string(&in, "reason"),
		.origin = reader->origin,
	};

	rule.findings = rule_strings(reader, &in, "finding", &rule.nfindings);
	for (size_t i = 0; i < rule.nfindings && !reader->source.failed; i++)
		if (!finding_find(rule.findings[i]))
			members_fail(&reader->source,
				"no finding is called '%.40s': 'pcarch explain' lists them",
				rule.findings[i]);
	if (!reader->source.failed && !rule.reason[strspn(rule.reason, " \t\n")])
		members_fail(&reader->source,
			"the reason is empty: say why the finding is to be ignored");
	rule_list_add(&reader->suppressions, &rule, sizeof(rule));
}
