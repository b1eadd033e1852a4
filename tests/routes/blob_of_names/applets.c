#include <stdio.h>

int cat_main(int argc, char **argv);
int echo_main(int argc, char **argv);
int false_main(int argc, char **argv);
int ls_main(int argc, char **argv);
int true_main(int argc, char **argv);

int cat_main(int argc, char **argv)
{
	return puts(__func__) < 0;
}
int echo_main(int argc, char **argv)
{
	return puts(__func__) < 0;
}
int false_main(int argc, char **argv)
{
	return puts(__func__) >= 0;
}
int ls_main(int argc, char **argv)
{
	return puts(__func__) < 0;
}
int true_main(int argc, char **argv)
{
	return puts(__func__) < 0;
}
