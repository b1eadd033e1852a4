/* Two definitions of one external function (two programs in one database): which one is called is
 * not known. */
int backend(int);
int main(void)
{
	return backend(1);
}
