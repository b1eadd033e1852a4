#include "core/timestamp.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
	FIRST_YEAR = 1970,
	LAST_YEAR = 2500, /* 64 bits of nanoseconds end in 2554 */
};

#define SECOND_NS UINT64_C(1000000000)

/* `n` digits at *at, as a number of `least` to `most`; *at ends up behind them. */
static bool take(const char **at, unsigned n, unsigned least, unsigned most,
	unsigned *out)
{
	unsigned value = 0;

	for (unsigned i = 0; i < n; i++) {
		unsigned digit = (unsigned)(unsigned char)(*at)[i] - '0';

		if (digit > 9)
			return false;
		value = value * 10 + digit;
	}
	*at += n;
	*out = value;
	return value >= least && value <= most;
}

static bool take_char(const char **at, char c)
{
	if (**at != c)
		return false;
	(*at)++;
	return true;
}

static bool is_leap(unsigned year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static unsigned days_of_month(unsigned year, unsigned month)
{
	static const unsigned char days[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return days[month - 1] + (month == 2 && is_leap(year));
}

static uint64_t days_before(unsigned year, unsigned month, unsigned day)
{
	unsigned past = year - 1;
	uint64_t days = (uint64_t)past * 365 + past / 4 - past / 100 + past / 400;

	for (unsigned m = 1; m < month; m++)
		days += days_of_month(year, m);
	return days + day - 1 - 719162; /* of which the year 1 to 1970 */
}

static bool take_day(const char **at, uint64_t *ns)
{
	unsigned year, month, day;

	if (!take(at, 4, FIRST_YEAR, LAST_YEAR, &year) || !take_char(at, '-') ||
		!take(at, 2, 1, 12, &month) || !take_char(at, '-') ||
		!take(at, 2, 1, days_of_month(year, month), &day))
		return false;
	*ns = days_before(year, month, day) * 86400 * SECOND_NS;
	return true;
}

static bool take_minute(const char **at, uint64_t *ns)
{
	unsigned hour, minute;

	if (!take(at, 2, 0, 23, &hour) || !take_char(at, ':') ||
		!take(at, 2, 0, 59, &minute))
		return false;
	*ns += (uint64_t)(hour * 60 + minute) * 60 * SECOND_NS;
	return true;
}

/* ":01" and, perhaps, ".000000001". */
static bool take_second(const char **at, uint64_t *ns)
{
	uint64_t unit = SECOND_NS / 10;
	unsigned value;

	if (!take_char(at, ':') || !take(at, 2, 0, 59, &value))
		return false;
	*ns += value * SECOND_NS;
	if (!take_char(at, '.'))
		return true;
	for (unsigned i = 0; i < 9 && take(at, 1, 0, 9, &value); i++, unit /= 10)
		*ns += value * unit;
	return unit < SECOND_NS / 10;
}

bool timestamp_parse(const char *text, uint64_t *ns)
{
	uint64_t value;

	if (!take_day(&text, &value) || !take_char(&text, 'T') ||
		!take_minute(&text, &value) || !take_second(&text, &value) ||
		strcmp(text, "Z") != 0)
		return false;
	*ns = value;
	return true;
}

static bool parse_age(const char *text, uint64_t *age_ns)
{
	static const struct {
		char unit;
		unsigned seconds;
	} units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
	uint64_t value = 0;
	unsigned digit, n = 0;

	for (; n < 7 && take(&text, 1, 0, 9, &digit); n++)
		value = value * 10 + digit;
	for (size_t i = 0; n && i < sizeof(units) / sizeof(units[0]); i++) {
		if (text[0] != units[i].unit || text[1])
			continue;
		*age_ns = value * units[i].seconds * SECOND_NS;
		return true;
	}
	return false;
}

bool timestamp_parse_typed(const char *text, uint64_t now_ns, uint64_t *ns)
{
	uint64_t value;

	if (parse_age(text, &value)) {
		*ns = value > now_ns ? 0 : now_ns - value;
		return true;
	}
	if (!take_day(&text, &value))
		return false;
	if (take_char(&text, 'T') || take_char(&text, ' ')) {
		if (!take_minute(&text, &value) ||
			(*text == ':' && !take_second(&text, &value)))
			return false;
	}
	if (*text && strcmp(text, "Z") != 0)
		return false;
	*ns = value;
	return true;
}

void timestamp_print(uint64_t ns, unsigned digits, char out[TIMESTAMP_SIZE])
{
	time_t seconds = (time_t)(ns / SECOND_NS);
	uint64_t rest = ns % SECOND_NS;
	struct tm tm;
	size_t len;

	gmtime_r(&seconds, &tm);
	len = strftime(out, TIMESTAMP_SIZE, "%Y-%m-%dT%H:%M:%S", &tm);
	for (unsigned i = digits; i < 9; i++)
		rest /= 10;
	if (digits)
		len += (size_t)snprintf(out + len, TIMESTAMP_SIZE - len, ".%0*" PRIu64,
			(int)digits, rest);
	snprintf(out + len, TIMESTAMP_SIZE - len, "Z");
}

uint64_t timestamp_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (uint64_t)now.tv_sec * SECOND_NS + (uint64_t)now.tv_nsec;
}
