#define FAST
#include "action.h"
int other(int);
int main(void)
{
	return act(1) + other(2);
}
