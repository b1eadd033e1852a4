/* One object, and two units that declare it with different types: a table that a generator wrote. */
struct generated_row {
	const char *key;
	int (*action)(int);
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

extern const struct generated_row rows[];
extern int (*hook)(int);
extern int (*const list[])(int);

const struct generated_row rows[] = {{"one", one}, {0, 0}};
int (*hook)(int) = two;
int (*const list[])(int) = {one, two};
