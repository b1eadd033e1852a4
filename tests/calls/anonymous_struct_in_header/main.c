#include "ops.h"

static int other(int x)
{
	return x + 4;
}

int main(void)
{
	other_codec second = {other};
	codec codec;
	int sum;

	fill(&codec);
	sum = codec.encode(0); /* -> encode; closed */
	sum += codec.nested.decode(0); /* -> decode; closed */
	sum += second.encode(0); /* -> other; closed */
	return sum == 7 ? 0 : 1;
}
