/* exit: 3 */
#include "config_that_nobody_generated.h"
/* Where a header is missing the rest of the file is parsed. */
int f(int);

int main(void)
{
	return f(1);
}
