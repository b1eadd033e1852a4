/* Calls of an alias that another unit makes. */
int old_name(int);
int main(void)
{
	return old_name(1);
}
