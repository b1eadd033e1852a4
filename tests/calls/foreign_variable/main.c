/* Variables of a library without source: it may have put anything into them, and calls what we put there. */
extern int (*foreign_hook)(int);
extern int (*foreign_ready)(int);
extern struct foreign_table {
	int (*run)(int);
} foreign_table;
int foreign_run(void);

static int ours(int x)
{
	return x + 2;
}

int main(void)
{
	int sum = foreign_ready(0); /* -> none; open +extra */

	foreign_table.run = ours;
	sum += foreign_table.run(0); /* -> ours; open +extra */
	foreign_hook = ours;
	sum += foreign_run(); /* -> foreign_run, ours (run only); sound */
	return sum + foreign_hook(0) == 7 ? 0 : 1; /* -> ours; open +extra */
}
