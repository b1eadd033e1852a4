/* build: -fno-strict-aliasing */
/* The address of a variable goes round as void *, char *, a number and a list of such; then it is written. */
#include <stdint.h>
#include <string.h>

typedef int (*function)(int);

struct reference {
	void *place;
};

static int initial(int x)
{
	return x;
}

static int one(int x)
{
	return x + 1;
}

static function a = initial, b = initial, c = initial, d = initial, e = initial, row[2] = {initial, initial};

static void set(void *place, function f)
{
	*(function *)place = f;
}

static void *place_of(int which)
{
	return which ? (void *)&b : (void *)&c;
}

int main(void)
{
	struct reference reference = {&d};
	uintptr_t number = (uintptr_t)&e;
	function f = one;
	int sum;

	set(&a, one);
	*(function *)place_of(1) = one;
	memcpy(place_of(0), &f, sizeof(f));
	*(function *)reference.place = one;
	*(function *)number = one;
	*(function *)((char *)row + sizeof(function)) = one;
	sum = a(0); /* -> one, initial (may); sound */
	sum += b(0); /* -> one, initial (may); sound */
	sum += c(0); /* -> one, initial (may); sound */
	sum += d(0); /* -> one, initial (may); sound */
	sum += e(0); /* -> one, initial (may); sound */
	return sum + row[1](0) == 6 ? 0 : 1; /* -> one, initial (may); sound */
}
