#include "commands.h"
#include <stdio.h>

int volume_create(int argc, char **argv)
{
	return puts(__func__) < 0;
}
int volume_extend(int argc, char **argv)
{
	return puts(__func__) < 0;
}
int volume_remove(int argc, char **argv)
{
	return puts(__func__) < 0;
}
int volume_rename(int argc, char **argv)
{
	return puts(__func__) < 0;
}
