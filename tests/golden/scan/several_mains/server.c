int shared(int);
static int serve(int x)
{
	return shared(x);
}
int main(void)
{
	return serve(2);
}
