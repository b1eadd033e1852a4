/* build: -fcommon */
/* One variable, declared without initialiser in two units and initialised in neither: it is one. */
int (*shared)(int);
int (*shared)(int);
extern int (*with_value)(int);

void fill(void);

static int from_main(int x)
{
	return x + 1;
}

int main(void)
{
	int sum;

	shared = from_main;
	sum = shared(0); /* -> from_main, from_other (may); closed */
	fill();
	sum += shared(0); /* -> from_other, from_main (may); closed */
	sum += with_value(0); /* -> initial; closed */
	return sum == 7 ? 0 : 1;
}
