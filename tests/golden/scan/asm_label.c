/* An asm label renames what the linker sees; the source's name is what is shown. */
int renamed(int) __asm__("real_name");
int declared_as(int) __asm__("defined_as");
int defined_as(int x)
{
	return x;
}
int body(int x) __asm__("body_symbol");
int body(int x)
{
	return x;
}
int uses_symbol(int) __asm__("body_symbol");

int main(void)
{
	return renamed(1) + declared_as(2) + body(3) + uses_symbol(4);
}
