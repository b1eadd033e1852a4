/* Negative: words that each take a value and go round the loop again are options without
 * dashes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int matches(const char *cmd, const char *pattern)
{
	size_t len = strlen(cmd);

	return len > strlen(pattern) ? -1 : memcmp(pattern, cmd, len);
}

static void invarg(const char *msg, const char *arg)
{
	fprintf(stderr, "argument \"%s\" is wrong: %s\n", arg, msg);
	exit(1);
}
static unsigned get_mtu(const char *arg)
{
	unsigned mtu = strtoul(arg, NULL, 0);

	if (mtu < 68)
		invarg("too small", arg);
	return mtu;
}
static int parse_vlan(int *argc, char ***argv)
{
	(*argc)--;
	(*argv)++;
	return 0;
}
static void on_off(const char *word, int *flag)
{
	if (strcmp(word, "on") == 0)
		*flag = 1;
	else if (strcmp(word, "off") == 0)
		*flag = 0;
	else
		invarg("on or off", word);
}
static int apply(const char *dev, unsigned mtu, int up, int multicast)
{
	printf("%s %u %d %d\n", dev, mtu, up, multicast);
	return 0;
}

int main(int argc, char **argv)
{
	const char *dev = "lo";
	unsigned mtu = 1500;
	int up = 0, multicast = 0;

	argc--, argv++;
	while (argc > 0) {
		if (strcmp(*argv, "up") == 0) {
			up = 1;
		} else if (strcmp(*argv, "down") == 0) {
			up = -1;
		} else if (matches(*argv, "mtu") == 0 && argc > 1) {
			argc--, argv++;
			mtu = get_mtu(*argv);
		} else if (strcmp(*argv, "multicast") == 0 && argc > 1) {
			argc--, argv++;
			on_off(*argv, &multicast);
		} else if (matches(*argv, "vlan") == 0) {
			if (parse_vlan(&argc, &argv))
				return 1;
		} else {
			if (strcmp(*argv, "dev") == 0 && argc > 1)
				argc--, argv++;
			dev = *argv;
		}
		argc--, argv++;
	}
	return apply(dev, mtu, up, multicast);
}
