/* memcpy of pointers themselves: into a variable, out of a table, and through a buffer of bytes. */
#include <string.h>

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

static const function table[] = {one, two};

int main(void)
{
	function chosen, kept = four, restored;
	function copied[2];
	unsigned char bytes[sizeof(function)];
	int sum;

	memcpy(&chosen, &table[1], sizeof(chosen));
	memcpy(copied, table, sizeof(table));
	memcpy(bytes, &kept, sizeof(kept));
	memcpy(&restored, bytes, sizeof(restored));
	sum = chosen(0); /* -> two, one (may); closed */
	sum += copied[0](0); /* -> one, two (may); closed */
	return sum + restored(0) == 7 ? 0 : 1; /* -> four; sound */
}
