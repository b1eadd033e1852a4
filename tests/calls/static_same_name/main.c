int run_a(int x);
int run_b(int x);

int main(void)
{
	return run_a(0) + run_b(0) == 6 ? 0 : 1;
}
