#include "cli/command.h"

#include "cli/completion.h"
#include "core/suggest.h"

#include <string.h>

extern const struct command cmd_completion;

static const char *const shells[] = {"bash", "zsh", "fish", NULL};

static int completion_main(int argc, char **argv)
{
	static void (*const print[])(FILE *) = {
		completion_bash, completion_zsh, completion_fish};
	struct suggestion suggestion = {0};
	int code = options_parse(&cmd_completion, &argc, &argv);

	if (code >= 0)
		return code;
	if (argc != 1)
		return usage_error("completion",
			"name one shell: 'pcarch completion bash', 'zsh' or 'fish'");
	suggestion.word = argv[0];
	for (size_t i = 0; shells[i]; i++) {
		suggestion_offer(&suggestion, shells[i]);
		if (strcmp(argv[0], shells[i]) != 0)
			continue;
		print[i](stdout);
		return EXIT_CLEAN;
	}
	if (suggestion.nearest)
		return usage_error("completion", "unknown shell '%s'; did you mean '%s'?",
			argv[0], suggestion.nearest);
	return usage_error("completion",
		"unknown shell '%s'; there is bash, zsh and fish", argv[0]);
}

const struct command cmd_completion = {
	.name = "completion",
	.args = "bash|zsh|fish",
	.summary = "print the script that completes pcarch's words in a shell",
	.description =
		"An installed pcarch brings its completions along; this is for one that is "
		"not. Put the line for your shell into its start-up file.",
	.examples = "  source <(pcarch completion bash)     # ~/.bashrc\n"
		    "  source <(pcarch completion zsh)      # ~/.zshrc, after compinit\n"
		    "  pcarch completion fish | source      # ~/.config/fish/config.fish",
	.run = completion_main,
	.operand = OPERAND_NONE,
	.words = shells,
};
