#include <stddef.h>

typedef int (*function)(int);

struct ops {
	function run;
};

struct by_name {
	function run;
};

struct by_bytes {
	function run;
};

struct by_value {
	function run;
};

struct outer {
	struct ops *ops;
};

struct context {
	function run;
};

void foreign_keep(function f);
void foreign_patch(struct outer *outer);
void foreign_fill(void *object, const char *type);
size_t foreign_read(void *buffer, size_t size);
struct by_value foreign_make(void);
int foreign_each(int (*visit)(int, void *), void *data);
