int plugin_start(void)
{
	return 1;
}

int zip_plugin_init(void)
{
	return 2;
}
