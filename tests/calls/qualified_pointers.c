/* build: -pthread */
/* volatile, _Atomic, thread-local, register and const pointers to functions are pointers to functions. */
#include <stdatomic.h>

typedef int (*function)(int);

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

static volatile function seen = one;
static _Atomic(function) shared;
static _Atomic(function) exchanged = one;
static _Thread_local function own = four;
static function const fixed = one;

int main(void)
{
	register function fast = two;
	function f, expected = one;
	int sum;

	atomic_store(&shared, two);
	f = atomic_load(&shared);
	sum = f(0); /* -> two, one (may), four (may); closed */
	sum += shared(0); /* -> two; closed */
	sum += seen(0); /* -> one; closed */
	sum += own(0); /* -> four; closed */
	sum += fixed(0); /* -> one; closed */
	sum += fast(0); /* -> two; closed */
	if (!atomic_compare_exchange_strong(&exchanged, &expected, four))
		return 1;
	f = atomic_exchange(&exchanged, two);
	sum += f(0); /* -> four, one (may), two (may); closed */
	sum += exchanged(0); /* -> two, one (may), four (may); closed */
	return sum == 18 ? 0 : 1;
}
