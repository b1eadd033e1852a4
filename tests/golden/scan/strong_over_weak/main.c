int hook(int);
int only_weak(int);
int main(void)
{
	return hook(1) + only_weak(2);
}
