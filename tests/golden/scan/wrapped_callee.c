/* A name stays a direct call in parentheses, behind *, &, casts and commas. */
int f(int);
typedef int fn(int);
typedef int (*pointer)(int);

int main(void)
{
	(f)(1);
	((f))(2);
	(*f)(3);
	(**f)(4);
	(&f)(5);
	(0, f)(6);
	((pointer)f)(7);
	((int (*)(int))(void *)f)(8);
	(*&f)(9);
	return (*(fn *)f)(10);
}
