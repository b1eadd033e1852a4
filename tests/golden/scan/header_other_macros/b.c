#include "action.h"
int other(int x)
{
	return act(x);
}
