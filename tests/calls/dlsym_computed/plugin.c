/* plugin: plugin.so */
int command_1(int x);
int command_2(int x);

int command_1(int x)
{
	return x + 100;
}

int command_2(int x)
{
	return x + 100;
}
