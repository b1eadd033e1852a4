#ifndef PARSE_H
#define PARSE_H

typedef int parse_opt_subcommand_fn(int argc, const char **argv, const char *prefix);

enum parse_opt_type {
	OPTION_END,
	OPTION_BIT,
	OPTION_STRING,
	OPTION_SUBCOMMAND
};

struct option {
	enum parse_opt_type type;
	int short_name;
	const char *long_name;
	void *value;
	const char *help;
	int flags;
	parse_opt_subcommand_fn *subcommand_fn;
};

#define OPT_BIT(s, l, v, h, b)                            \
	{                                                 \
		OPTION_BIT, (s), (l), (v), (h), (b), NULL \
	}
#define OPT_STRING(s, l, v, h)                             \
	{                                                  \
		OPTION_STRING, (s), (l), (v), (h), 0, NULL \
	}
#define OPT_SUBCOMMAND_F(l, v, fn, f)                                                    \
	{                                                                                \
		.type = OPTION_SUBCOMMAND, .long_name = (l), .value = (v), .flags = (f), \
		.subcommand_fn = (fn)                                                    \
	}
#define OPT_SUBCOMMAND(l, v, fn) OPT_SUBCOMMAND_F((l), (v), (fn), 0)
#define OPT_END()                                        \
	{                                                \
		OPTION_END, 0, NULL, NULL, NULL, 0, NULL \
	}

int parse_options(int argc, const char **argv, const struct option *options,
	const char *usage);

int cmd_bundle(int argc, const char **argv, const char *prefix);
int cmd_notes(int argc, const char **argv, const char *prefix);

#endif
