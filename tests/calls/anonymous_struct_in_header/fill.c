#include "ops.h"

static int encode(int x)
{
	return x + 1;
}

static int decode(int x)
{
	return x + 2;
}

void fill(codec *codec)
{
	codec->encode = encode;
	codec->nested.decode = decode;
}
