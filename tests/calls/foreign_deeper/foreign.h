typedef int (*function)(int);
typedef int (*taker)(function f);

struct handle {
	function run;
};

struct methods {
	taker take;
};

struct owner {
	const struct methods *methods;
};

struct reference {
	function *place;
};

void foreign_keep(function f);
taker foreign_caller(void);
int foreign_use(taker (*provide)(void));
int foreign_open(struct handle **out);
int foreign_methods(const struct owner *owner);
void foreign_patch(const struct reference *reference);
int foreign_configure(void *config);
