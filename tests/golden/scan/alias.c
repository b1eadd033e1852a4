/* An alias leads on to what it stands for, in this unit or in another. */
int real(int x)
{
	return x;
}
int other_name(int) __attribute__((alias("real")));
static int hidden_name(int) __attribute__((alias("real"), unused));
int weak_name(int) __attribute__((weak, alias("real")));
#define alias_of(f) __attribute__((alias(#f)))
int macro_name(int) alias_of(real);

int main(void)
{
	return other_name(1) + hidden_name(2) + weak_name(3) + macro_name(4) + real(5);
}
