/* exit: 3 */
/* After an unclosed brace the rest of the file is lost to clang; what stands before it is not. An
 * unclosed parenthesis costs its function only. */
int f(int);

int before(int x)
{
	return f(x);
}

int parenthesis(int x)
{
	return f((x;
}

int broken(int x)
{
	if (x) {
		f(x);
	return 0;
}

int after(int x)
{
	return f(x);
}
