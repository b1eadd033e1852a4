extern int (*hook)(int);

void set_hook(void);
