/* __attribute__((cleanup(f))) calls f where the variable's scope ends, also from a macro. */
static void release(int **p)
{
	(void)p;
}
void close_it(int *fd);
int open_it(void);

#define scoped(f) __attribute__((cleanup(f)))
#define scoped_fd scoped(close_it) int

int main(void)
{
	int *memory __attribute__((cleanup(release))) = 0;
	scoped_fd fd = open_it();
	scoped(release) int *other = memory;

	for (int i = 0; i < 2; i++) {
		scoped_fd inner = open_it(), second = open_it();
		(void)inner, (void)second;
	}
	return fd + (other != 0);
}
