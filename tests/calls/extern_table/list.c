#include "table.h"

int cmd_list(int x)
{
	return x + 2;
}
