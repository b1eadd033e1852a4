#include "cli/command.h"

#include "cli/paragraph.h"
#include "cli/terminal.h"
#include "core/finding.h"
#include "core/suggest.h"

#include <string.h>

extern const struct command cmd_explain;

static const char *severity_on(enum finding_severity severity)
{
	static const enum style styles[] = {
		[FINDING_ERROR] = STYLE_BAD,
		[FINDING_WARNING] = STYLE_WARN,
		[FINDING_NOTE] = STYLE_DIM,
	};

	return style_on(stdout, styles[severity]);
}

static void list_kinds(void)
{
	for (size_t i = 0; i < FINDING_COUNT; i++) {
		const struct finding_kind *kind = &finding_kinds[i];

		printf("%s%s%s  %s%-7s%s  ", style_on(stdout, STYLE_BOLD), kind->id,
			style_off(stdout), severity_on(kind->severity),
			finding_severity_name(kind->severity), style_off(stdout));
		printf("%s%s%s\n", style_on(stdout, STYLE_NAME), kind->name,
			style_off(stdout));
		paragraph_print(stdout, kind->summary, 0, 8);
	}
}

static void explain(const struct finding_kind *kind)
{
	printf("%s%s%s %s%s%s (%s%s%s)\n", style_on(stdout, STYLE_BOLD), kind->id,
		style_off(stdout), style_on(stdout, STYLE_NAME), kind->name,
		style_off(stdout), severity_on(kind->severity),
		finding_severity_name(kind->severity), style_off(stdout));
	paragraph_print(stdout, kind->summary, 0, 2);
	printf("\n%sWhat to do:%s\n", style_on(stdout, STYLE_BOLD), style_off(stdout));
	paragraph_print(stdout, kind->help, 0, 2);
	putchar('\n');
	paragraph_print(stdout, kind->text, 0, 0);
}

static int unknown_kind(const char *word)
{
	struct suggestion suggestion = {.word = word};
	const struct finding_kind *kind;

	/* All ids are one or two edits from each other: a wrong number has no nearest. */
	for (size_t i = 0; i < FINDING_COUNT; i++)
		suggestion_offer(&suggestion, finding_kinds[i].name);
	if (!suggestion.nearest)
		return usage_error("explain",
			"no finding is called '%s'; 'pcarch explain' lists them, %s to %s",
			word, finding_kinds[0].id, finding_kinds[FINDING_COUNT - 1].id);
	kind = finding_find(suggestion.nearest);
	return usage_error("explain",
		"no finding is called '%s'; did you mean '%s' (%s)?", word, kind->name,
		kind->id);
}

static int explain_main(int argc, char **argv)
{
	int code = options_parse(&cmd_explain, &argc, &argv);

	if (code >= 0)
		return code;
	for (int i = 0; i < argc; i++) /* all or nothing */
		if (!finding_find(argv[i]))
			return unknown_kind(argv[i]);
	if (!argc)
		list_kinds();
	for (int i = 0; i < argc; i++) {
		if (i)
			putchar('\n');
		explain(finding_find(argv[i]));
	}
	return EXIT_CLEAN;
}

const struct command cmd_explain = {
	.name = "explain",
	.args = "[ID | NAME...]",
	.summary = "say what a finding means and what to do about it",
	.description =
		"A message of pcarch ends with the finding's name in brackets: "
		"[unit-partial]. Explain it by that name or by its id, PCA002. Without "
		"an argument, list all findings.",
	.examples = "  pcarch explain PCA002\n"
		    "  pcarch explain unknown-call",
	.run = explain_main,
	.operand = OPERAND_FINDING,
};
