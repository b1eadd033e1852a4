struct library_ops {
	int (*run)(int);
};

extern int (*public_hook)(int);

int library_each(int (*visit)(int));
void library_set(int (*f)(int), struct library_ops *given);
int library_run(void);
