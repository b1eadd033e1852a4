struct command {
	const char *name;
	int (*run)(int);
};

extern const struct command commands[];
extern int (*const *const hooks)(int);

int cmd_list(int x);
