/* unscanned: program */
#include "library.h"

static int user(int x)
{
	return x + 10;
}

int main(void)
{
	struct library_ops ops = {user};

	public_hook = user;
	library_set(user, &ops);
	return library_each(user) + library_run() == 33 ? 0 : 1;
}
