/* longjmp leaves a callback past its callers; what is set between is called afterwards. */
#include <setjmp.h>

static jmp_buf back;
static int (*after)(int);

static int cleanup_one(int x)
{
	return x + 1;
}

static int cleanup_two(int x)
{
	return x + 2;
}

static void fail(int code)
{
	after = code == 1 ? cleanup_one : cleanup_two;
	longjmp(back, code);
}

static void attempt(void (*body)(int), int code)
{
	body(code); /* -> fail; closed */
}

int main(void)
{
	static int tries, sum;

	switch (setjmp(back)) {
	case 0:
		attempt(fail, ++tries);
		return 1;
	default:
		sum += after(0); /* -> cleanup_one, cleanup_two; closed */
		if (tries < 2)
			attempt(fail, ++tries);
	}
	return sum == 3 ? 0 : 1;
}
