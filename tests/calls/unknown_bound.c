/* build: -Wno-missing-braces -Wno-missing-field-initializers */
/* Arrays whose length follows from initialisers without braces; rows of a typedef; a tail left out. */
typedef int (*function)(int);
typedef function row[2];

struct entry {
	const char *name;
	function run;
	int flags[2];
	function undo;
};

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

static int eight(int x)
{
	return x + 8;
}

static struct entry entries[] = {
	"a", one, 1, 2, two,
	"b", one, 3, 4, four,
	{"c", one, {5, 6}, eight},
	"d", one, {7}, two,
	"e", one,
};
static row rows[] = {one, two, {four}, [3] = one, eight};

int main(void)
{
	int sum = sizeof(entries) / sizeof(entries[0]) == 5 && sizeof(rows) / sizeof(rows[0]) == 4 ? 0 : 100;

	for (int i = 0; i < 4; i++) {
		sum += entries[i].run(0); /* -> one; closed */
		sum += entries[i].undo(0); /* -> two, four, eight; closed */
	}
	for (int i = 0; i < 8; i++)
		if (rows[i / 2][i % 2])
			sum += rows[i / 2][i % 2](0); /* -> one, two, four, eight; closed */
	return sum == 36 ? 0 : 1;
}
