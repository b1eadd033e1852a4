/* An array of records as a `void *`: what is stored through that is in the records' fields. */
struct row {
	int (*run)(int);
};

struct column {
	int (*run)(int);
};

struct cell {
	int (*run)(int);
};

struct plane {
	int (*run)(int);
};

static int initial(int x)
{
	return x;
}

static int assigned(int x)
{
	return x + 1;
}

static int cast(int x)
{
	return x + 2;
}

static int passed(int x)
{
	return x + 4;
}

static int pointed(int x)
{
	return x + 8;
}

static void set(void *memory, int (*function)(int))
{
	*(int (**)(int))memory = function;
}

int main(void)
{
	struct row rows[2] = {{initial}, {initial}};
	struct column columns[2] = {{initial}, {initial}};
	struct cell cells[1][2] = {{{initial}, {initial}}};
	struct plane planes[2] = {{initial}, {initial}};
	void *memory = rows;
	void *other = (void *)columns;
	void *whole = &planes;
	int sum;

	*(int (**)(int))memory = assigned;
	*(int (**)(int))other = cast;
	*(int (**)(int))whole = pointed;
	set(cells, passed);
	sum = rows[0].run(0); /* -> assigned, initial (may); closed */
	sum += columns[0].run(0); /* -> cast, initial (may); closed */
	sum += cells[0][0].run(0); /* -> passed, initial (may); closed */
	sum += planes[0].run(0); /* -> pointed, initial (may); closed */
	return sum == 15 ? 0 : 1;
}
