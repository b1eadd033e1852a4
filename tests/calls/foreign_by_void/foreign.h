typedef int (*function)(int);

void foreign_keep(function f);
void foreign_fill(void *object);
