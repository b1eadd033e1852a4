/* Each program's main is an entry point; what both reach is shared. */
int shared(int);
int main(void)
{
	return shared(1);
}
