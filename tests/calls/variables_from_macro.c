/* Several variables, functions and types that one use of a macro makes: all in one place of the source. */
typedef int (*function)(int);

#define SERVICE(name, a, b) \
	static function name##_start = a; \
	static function name##_stop = b; \
	static struct { \
		function start; \
		function stop; \
	} name = {a, b}; \
	static int name##_run(function first, function second) \
	{ \
		return first(0) + second(0); \
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

SERVICE(net, one, two) SERVICE(disk, four, eight) /* -> one, two, four, eight; closed */

int main(void)
{
	int sum = net_start(0); /* -> one; closed */

	sum += net_stop(0); /* -> two; closed */
	sum += disk_start(0); /* -> four; closed */
	sum += disk.start(0) + disk.stop(0); /* -> four, eight, one (may), two (may); closed */
	sum += net.start(0); /* -> one, four (may); closed */
	sum += net_run(net_start, net_stop) + disk_run(disk_start, disk_stop);
	return sum == 35 ? 0 : 1;
}
