/* Callbacks that may be missing: one never is there, one always, one sometimes. */
#include <stddef.h>
#include <string.h>

struct hooks {
	int (*never)(int);
	int (*sometimes)(int);
	int (*always)(int);
};

static int here(int x)
{
	return x + 1;
}

static int there(int x)
{
	return x + 2;
}

static int call(const struct hooks *hooks)
{
	int sum = 0;

	if (hooks->never)
		sum += hooks->never(0); /* -> none; sound */
	if (hooks->sometimes)
		sum += hooks->sometimes(0); /* -> here; closed */
	return sum + hooks->always(0); /* -> there; closed */
}

int main(void)
{
	struct hooks first = {NULL, here, there};
	struct hooks second;

	memset(&second, 0, sizeof(second));
	second.always = there;
	return call(&first) + call(&second) == 5 ? 0 : 1;
}
