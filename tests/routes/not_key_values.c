/* Negative: fields of a message, each with a function that decodes it; all fields of a
 * line are read, one after another. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	double temperature, humidity;
	int battery;
};

static void take_temperature(struct reading *r, const char *value)
{
	r->temperature = strtod(value, NULL);
}
static void take_humidity(struct reading *r, const char *value)
{
	r->humidity = strtod(value, NULL);
}

static void parse_message(struct reading *r, char *message)
{
	char *state, *value;

	for (char *pair = strtok_r(message, ";\n", &state); pair;
		pair = strtok_r(NULL, ";\n", &state)) {
		value = strchr(pair, '=');
		if (!value)
			continue;
		*value++ = '\0';
		if (!strcmp(pair, "temperature"))
			take_temperature(r, value);
		else if (!strcmp(pair, "humidity"))
			take_humidity(r, value);
		else if (!strcmp(pair, "battery"))
			r->battery = atoi(value);
	}
}

int main(int argc, char **argv)
{
	struct reading reading = {0};

	if (argc > 1)
		parse_message(&reading, argv[1]);
	printf("%.1f %.1f %d\n", reading.temperature, reading.humidity, reading.battery);
	return 0;
}
