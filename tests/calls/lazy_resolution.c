/* A pointer that starts at its own resolver, which looks, patches the pointer, and calls through it. */
typedef int (*function)(int);

static int resolve(int x);
static function implementation = resolve;

static int portable(int x)
{
	return x + 1;
}

static int vectorised(int x)
{
	return x + 1;
}

static function find(int level)
{
	static const struct {
		int level;
		function run;
	} all[] = {{2, vectorised}, {0, portable}};

	for (int i = 0; i < 2; i++)
		if (all[i].level <= level)
			return all[i].run;
	return 0;
}

static int resolve(int x)
{
	implementation = find(1);
	return implementation(x); /* -> portable, vectorised (not run), resolve (may); closed */
}

int main(void)
{
	int sum = 0;

	for (int i = 0; i < 2; i++)
		sum += implementation(i); /* -> resolve, portable, vectorised (not run); closed */
	return sum == 3 ? 0 : 1;
}
