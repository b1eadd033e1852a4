/* A static variable in a header is another one in each unit; an extern one is the same in all. */
static int (*private_hook)(int);
extern int (*public_hook)(int);

int run_other(void);
