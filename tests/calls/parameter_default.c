/* A parameter that its function replaces, and array parameters in all their spellings. */
typedef int (*function)(int);

static int given(int x)
{
	return x + 1;
}

static int fallback(int x)
{
	return x + 2;
}

static int call(function f)
{
	if (!f)
		f = fallback;
	return f(0); /* -> given, fallback; closed */
}

static int call_all(function list[static 2], int (*second[])(int), int (**third)(int))
{
	int sum = list[0](0); /* -> given, fallback (may); closed */

	sum += second[1](0); /* -> fallback, given (may); closed */
	third[0] = fallback;
	return sum + (*third)(0); /* -> fallback, given (may); closed */
}

int main(void)
{
	function list[] = {given, fallback};
	function third[] = {given};

	return call(given) + call(0) + call_all(list, list, third) + third[0](0) == 10 ? 0 : 1; /* -> call, call_all, fallback, given (may); closed */
}
