/* Rows moved by hand: sorted in, copied in a loop, the last one into a hole, all of them back. */
typedef int (*function)(int);

struct row {
	int key;
	function run;
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

static struct row rows[4];
static function saved[4], restored[4];
static int nrows;

static void insert(int key, function run)
{
	struct row new = {key, run};
	int i;

	for (i = nrows++; i > 0 && rows[i - 1].key > key; i--)
		rows[i] = rows[i - 1];
	rows[i] = new;
}

static void drop(int i)
{
	rows[i] = rows[--nrows];
}

int main(void)
{
	int sum = 0;

	insert(3, four);
	insert(1, one);
	insert(2, two);
	sum += rows[0].run(0); /* -> one, two (may), four (may); closed */
	drop(0);
	for (int i = 0; i < nrows; i++)
		sum += rows[i].run(0); /* -> two, four, one (may); closed */
	for (int i = 0; i < nrows; i++)
		saved[i] = rows[i].run;
	for (function *from = saved, *to = restored; from < saved + nrows;)
		*to++ = *from++;
	return sum + restored[0](0) == 11 ? 0 : 1; /* -> four, one (may), two (may); closed */
}
