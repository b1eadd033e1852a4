int run_a(void);
int run_b(void);

int main(void)
{
	return run_a() + run_b() == 15 ? 0 : 1;
}
