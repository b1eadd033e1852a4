/* A record's address becomes a `void *` without a cast: what is stored through that is in the record. */
#include <stdarg.h>

struct branch {
	int (*run)(int);
};

struct elvis {
	int (*run)(int);
};

struct atomic {
	int (*run)(int);
};

struct variadic {
	int (*run)(int);
};

struct choice {
	int (*run)(int);
};

static int initial(int x)
{
	return x;
}

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

static int sixteen(int x)
{
	return x + 16;
}

static int by_branch(void *given)
{
	struct branch record = {initial};
	void *memory = given ? given : &record;

	*(int (**)(int))memory = one;
	return record.run(0); /* -> one, initial (may); closed */
}

static int by_elvis(void *given)
{
	struct elvis record = {initial};
	void *memory = given ?: &record;

	*(int (**)(int))memory = two;
	return record.run(0); /* -> two, initial (may); closed */
}

static int by_atomic_store(void)
{
	struct atomic record = {initial};
	void *memory;

	__atomic_store_n(&memory, &record, __ATOMIC_SEQ_CST);
	*(int (**)(int))memory = four;
	return record.run(0); /* -> four, initial (may); closed */
}

static void set(int count, ...)
{
	va_list rest;

	va_start(rest, count);
	while (count--)
		*(int (**)(int))va_arg(rest, void *) = eight;
	va_end(rest);
}

static int by_variadic_argument(void)
{
	struct variadic record = {initial};

	set(1, &record);
	return record.run(0); /* -> eight, initial (may); closed */
}

static void change(void *memory)
{
	*(int (**)(int))memory = sixteen;
}

static int by_argument(int wanted)
{
	struct choice record = {initial};
	struct choice other = {initial};

	change(wanted ? &record : &other);
	return record.run(0); /* -> sixteen, initial (may); closed */
}

int main(void)
{
	int sum = by_branch((void *)0) + by_elvis((void *)0) + by_atomic_store();

	return sum + by_variadic_argument() + by_argument(1) == 31 ? 0 : 1;
}
