/* A cursor in a struct moves over a table and writes it; a union holds the same place as void *. */
#include <stddef.h>

typedef int (*function)(int);

struct cursor {
	function *next, *end;
};

union place {
	function *typed;
	void *raw;
};

static function table[3], single, other;

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

static void emit(struct cursor *cursor, function f)
{
	if (cursor->next < cursor->end)
		*cursor->next++ = f;
}

int main(void)
{
	struct cursor cursor = {table, table + 3};
	union place place;
	function **indirect = &cursor.next;
	int sum = 0;

	emit(&cursor, one);
	emit(&cursor, two);
	*(*indirect)++ = two;
	place.raw = &single;
	*place.typed = four;
	other = one;
	for (int i = 0; i < 3; i++)
		sum += table[i](0); /* -> one, two; closed */
	sum += single(0); /* -> four; sound */
	return sum + other(0) == 10 ? 0 : 1; /* -> one; closed */
}
