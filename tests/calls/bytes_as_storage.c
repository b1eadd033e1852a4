/* build: -fno-strict-aliasing */
/* Memory that is declared as bytes, or as numbers, and holds functions and structs of them. */
#include <stdint.h>

typedef int (*function)(int);

struct object {
	function run;
	int argument;
};

static _Alignas(16) char pool[256];
static uintptr_t words[4];

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

static void *allocate(unsigned offset)
{
	return pool + offset;
}

int main(void)
{
	struct object *object = allocate(0);
	function *single = allocate(64);
	int sum;

	object->run = one;
	*single = two;
	words[1] = (uintptr_t)four;
	sum = ((struct object *)(void *)pool)->run(0); /* -> one, two (may); sound */
	sum += (*(function *)(void *)&pool[64])(0); /* -> two, one (may); sound */
	sum += (*(function *)&words[1])(0); /* -> four; sound */
	return sum == 7 ? 0 : 1;
}
