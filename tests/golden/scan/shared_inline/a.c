#include "size.h"
int other(int);
int main(void)
{
	return size(1) + other(2);
}
