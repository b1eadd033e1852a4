/* An array of pointers to structs, and an array of such arrays' addresses. */
struct driver {
	int (*probe)(void);
};

static int probe_a(void)
{
	return 1;
}

static int probe_b(void)
{
	return 2;
}

static int probe_c(void)
{
	return 4;
}

static struct driver a = {probe_a}, b = {probe_b}, c = {probe_c};
static struct driver *const first[] = {&a, &b, 0};
static struct driver *const second[] = {&c, 0};
static struct driver *const *const all[] = {first, second, 0};

int main(void)
{
	int sum = 0;

	for (int i = 0; all[i]; i++)
		for (struct driver *const *d = all[i]; *d; d++)
			sum += (*d)->probe(); /* -> probe_a, probe_b, probe_c; closed */
	return sum == 7 ? 0 : 1;
}
