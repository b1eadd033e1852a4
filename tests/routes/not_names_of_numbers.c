/* Negative: words that become numbers, and numbers that become words; a switch on them
 * computes, and calls nothing. */
#include <stdio.h>
#include <string.h>

enum unit {
	SECOND,
	MINUTE,
	HOUR,
	DAY,
	NUNITS
};

static const char *const names[NUNITS] = {"second", "minute", "hour", "day"};

static enum unit unit_of(const char *word)
{
	for (int i = 0; i < NUNITS; i++)
		if (!strncmp(word, names[i], strlen(names[i])))
			return i;
	return SECOND;
}

static long seconds(enum unit unit)
{
	switch (unit) {
	case MINUTE:
		return 60;
	case HOUR:
		return 3600;
	case DAY:
		return 86400;
	default:
		return 1;
	}
}

static int weekday(const char *word)
{
	static const char days[][4] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

	for (int i = 0; i < 7; i++)
		if (!strcasecmp(days[i], word))
			return i;
	return -1;
}

int main(int argc, char **argv)
{
	long sum = 0;

	for (int i = 1; i < argc; i++) {
		if (weekday(argv[i]) >= 0)
			sum += 86400L * weekday(argv[i]);
		else if (strcmp(argv[i], "ago") == 0)
			sum = -sum;
		else
			sum += seconds(unit_of(argv[i]));
	}
	printf("%ld\n", sum);
	return 0;
}
