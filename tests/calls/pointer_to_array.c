/* Pointers to whole arrays of functions, one of them chosen when it runs. */
typedef int (*set[2])(int);

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int four(int x)
{
	return x + 4;
}

static set metric = {one, two};
static set imperial = {four, four};

int main(void)
{
	set *choices[] = {&metric, &imperial};
	int (*(*only)[2])(int) = &imperial;
	int sum = 0;

	for (int i = 0; i < 2; i++) {
		set *chosen = choices[i];

		sum += (*chosen)[1](0); /* -> two, four, one (may); closed */
	}
	sum += (*only)[0](0); /* -> four, one (may), two (may); closed */
	return sum == 10 ? 0 : 1;
}
