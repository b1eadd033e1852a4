/* Labels as values are no calls, though their table looks like one of functions. */
typedef int (*action)(int);

static int add(int x)
{
	return x + 1;
}

static int run(const unsigned char *code)
{
	static const void *const labels[] = {&&do_add, &&do_end};
	action act = add;
	int sum = 0;

	goto *labels[*code++];
do_add:
	sum = act(sum); /* -> add; closed */
	goto *labels[*code++];
do_end:
	return sum;
}

int main(void)
{
	return run((const unsigned char[]){0, 0, 1}) == 2 ? 0 : 1;
}
