/* The __atomic and __sync builtins move functions without an assignment in sight. */
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

static function slot, swapped = one, generic;

int main(void)
{
	function f, value = four;
	int sum;

	__atomic_store_n(&slot, one, __ATOMIC_SEQ_CST);
	f = __atomic_load_n(&slot, __ATOMIC_SEQ_CST);
	sum = f(0); /* -> one, two (may), four (may); closed */
	if (!__sync_bool_compare_and_swap(&swapped, one, two))
		return 1;
	sum += swapped(0); /* -> two, one (may), four (may); closed */
	f = __atomic_exchange_n(&swapped, four, __ATOMIC_SEQ_CST);
	sum += f(0); /* -> two, one (may), four (may); closed */
	__atomic_store(&generic, &value, __ATOMIC_SEQ_CST);
	return sum + generic(0) == 9 ? 0 : 1; /* -> four; closed */
}
