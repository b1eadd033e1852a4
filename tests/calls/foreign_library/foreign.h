typedef int foreign_callback(int (*f)(int), int (*g)(int));

struct foreign_ops {
	int (*run)(int);
	int (*stop)(int);
};

int (*foreign_get(void))(int);
void foreign_keep(int (*f)(int));
int (*foreign_give(void))(int);
int foreign_call(foreign_callback *callback);
void foreign_fill(struct foreign_ops *ops);
void foreign_replace(int (**place)(int));
