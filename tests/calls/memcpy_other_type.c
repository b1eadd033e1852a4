/* build: -fno-strict-aliasing */
/* A struct copied into one of another type with the same layout: by memcpy, by assignment, part by part. */
#include <string.h>

struct old_api {
	int version;
	int (*run)(int);
};

struct new_api {
	int version;
	int (*execute)(int);
};

struct wide_api {
	struct old_api old;
	int (*stop)(int);
};

struct flat_api {
	int version;
	int (*go)(int);
	int (*halt)(int);
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

int main(void)
{
	struct old_api old = {1, one};
	struct wide_api wide = {{1, one}, two};
	struct new_api copied, assigned;
	struct flat_api flat;
	int sum;

	memcpy(&copied, &old, sizeof(copied));
	*(struct old_api *)&assigned = old;
	flat = *(struct flat_api *)&wide;
	sum = copied.execute(0); /* -> one, two (may); sound */
	sum += assigned.execute(0); /* -> one, two (may); sound */
	sum += flat.go(0); /* -> one, two (may); sound */
	return sum + flat.halt(0) == 5 ? 0 : 1; /* -> two, one (may); sound */
}
