#include "size.h"
int other(int x)
{
	return size(x);
}
