/* foreign: libforeign.so */
int (*foreign_hook)(int);
struct foreign_table {
	int (*run)(int);
} foreign_table;
int foreign_run(void);

static int inside(int x)
{
	return x + 1;
}

int (*foreign_ready)(int) = inside;

int foreign_run(void)
{
	return foreign_hook(0);
}
