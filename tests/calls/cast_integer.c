/* A function kept as an integer: whole, it can be followed; with its bits changed, it cannot. */
#include <stdint.h>

typedef int (*function)(int);

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int tagged(int x)
{
	return x + 4;
}

struct entry {
	uintptr_t address;
};

int main(void)
{
	uintptr_t address = (uintptr_t)one;
	struct entry entry = {(uintptr_t)&two};
	uintptr_t hidden = (uintptr_t)tagged ^ 0x5a5a;
	int sum;

	sum = ((function)address)(0); /* -> one, two (may), tagged (may); sound */
	sum += ((function)entry.address)(0); /* -> two, one (may), tagged (may); sound */
	sum += ((function)(hidden ^ 0x5a5a))(0); /* -> tagged, one (may), two (may); sound */
	return sum == 7 ? 0 : 1;
}
