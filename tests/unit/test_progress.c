/* The clock is not waited for: a test moves the bar's start into the past. */
#include "cli/progress.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <locale.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int master = -1;
static char seen[8192];

/* stderr becomes a pseudo terminal of that width. */
static void use_terminal(unsigned short columns, const char *locale)
{
	struct winsize size = {.ws_row = 24, .ws_col = columns};
	int slave;

	cr_assert_not_null(setlocale(LC_CTYPE, locale));
	setenv("TERM", "xterm", 1);
	cr_assert_eq(openpty(&master, &slave, NULL, NULL, &size), 0);
	cr_assert_eq(dup2(slave, STDERR_FILENO), STDERR_FILENO);
	close(slave);
	fcntl(master, F_SETFL, O_NONBLOCK);
	progress_set_title("scan");
}

static void use_pipe(void)
{
	int ends[2];

	cr_assert_eq(pipe2(ends, O_NONBLOCK), 0);
	cr_assert_eq(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
	close(ends[1]);
	master = ends[0];
	progress_set_title("scan");
}

/* What has been written since the last call. */
static const char *output(void)
{
	ssize_t n = read(master, seen, sizeof(seen) - 1);

	seen[n > 0 ? n : 0] = '\0';
	return seen;
}

static void pass(struct progress *progress, double seconds)
{
	progress->start_s -= seconds;
	progress->drawn_s -= seconds;
	progress->sampled_s -= seconds;
}

/* A bar of 501 units, 5 seconds after the start, with `done` of them done. */
static const char *bar(size_t done, const char *current)
{
	struct progress progress;

	progress_start(&progress, "units", 501, false);
	pass(&progress, 5);
	progress_update(&progress, done, current);
	return output();
}

static size_t columns_of(const char *string)
{
	size_t columns = 0;

	for (; *string; string++)
		columns += (*string & 0xC0) != 0x80 && *string != '\r';
	return columns - strlen("\033[K");
}

Test(progress, the_bar_shows_share_count_rate_time_and_name)
{
	use_terminal(100, "C.UTF-8");
	cr_assert_str_eq(bar(230, "builtin/remote.c"),
		"\rscan  [#########\u00B7\u00B7\u00B7\u00B7\u00B7\u00B7\u00B7\u00B7\u00B7\u00B7"
		"\u00B7\u00B7] 230/501 units  46/s  6 s left  builtin/remote.c\033[K");
}

Test(progress, without_utf8_the_bar_is_ascii)
{
	use_terminal(100, "C");
	cr_assert_str_eq(
		bar(230, "a/very/long/path/to/some/directory/deep/inside/remote.c"),
		"\rscan  [#########............] 230/501 units  46/s  6 s left  "
		"...some/directory/deep/inside/remote.c\033[K");
}

Test(progress, a_long_name_is_shortened_from_the_left)
{
	use_terminal(80, "C.UTF-8");
	cr_assert_not_null(
		strstr(bar(230, "contrib/credential/netrc/git-credential-netrc.c"),
			"  \u2026c/git-credential-netrc.c\033[K"),
		"%s", seen);
}

Test(progress, every_width_is_kept_within)
{
	static const char wide[] = "src/\u65E5\u672C/\u65E5\u672C/some/where/remote.c";

	for (unsigned short width = 10; width <= 200; width++) {
		use_terminal(width, "C.UTF-8");
		cr_assert_lt(columns_of(bar(499, "src/some/where/deep/down/remote.c")),
			width, "at %u: %s", width, seen);
		close(master);
		use_terminal(width, "C.UTF-8");
		cr_assert(strstr(bar(499, wide), "499/501") || width < 20, "at %u: %s",
			width, seen);
		close(master);
	}
}

Test(progress, a_name_cannot_drive_the_terminal)
{
	use_terminal(100, "C.UTF-8");
	cr_assert_not_null(strstr(bar(1, "x\033]0;evil\007.c"), "x\\x1B]0;evil\\x07.c"));
}

Test(progress, nothing_is_drawn_in_the_first_second)
{
	struct progress progress;

	use_terminal(80, "C");
	progress_start(&progress, "units", 10, false);
	pass(&progress, 0.5);
	progress_update(&progress, 5, NULL);
	cr_assert_str_eq(output(), "");
	progress_clear(&progress);
	cr_assert_str_eq(output(), "");
}

Test(progress, the_bar_is_redrawn_at_most_ten_times_a_second)
{
	struct progress progress;

	use_terminal(80, "C");
	progress_start(&progress, "units", 100000, false);
	pass(&progress, 2);
	progress_update(&progress, 1, NULL);
	cr_assert_str_neq(output(), "");
	progress.drawn_s += 1000; /* however slow this machine is */
	progress_update(&progress, 2, NULL);
	cr_assert_str_eq(output(), "");
	progress.drawn_s -= 1000.1;
	progress_update(&progress, 3, NULL);
	cr_assert_str_neq(output(), "");
}

Test(progress, clearing_erases_the_line_once_and_the_next_update_draws)
{
	struct progress progress;

	use_terminal(80, "C");
	progress_start(&progress, "units", 10, false);
	pass(&progress, 2);
	progress_update(&progress, 5, NULL);
	output();
	progress_clear(&progress);
	progress_clear(&progress);
	cr_assert_str_eq(output(), "\r\033[K");
	progress_update(&progress, 5, NULL);
	cr_assert_str_neq(output(), "");
}

Test(progress, the_rate_follows_a_change_without_jumping)
{
	struct progress progress;
	double before;

	use_terminal(80, "C");
	progress_start(&progress, "units", 100000, false);
	for (size_t i = 1; i <= 100; i++) { /* 10 s at 100/s */
		pass(&progress, 0.1);
		progress_update(&progress, i * 10, NULL);
		output(); /* a terminal that nobody reads takes 4 KB and then blocks */
	}
	cr_assert(progress.rate > 90 && progress.rate < 101, "%f", progress.rate);
	pass(&progress, 0.1); /* a slow unit */
	progress_update(&progress, 1000, NULL);
	cr_assert_gt(progress.rate, 85);
	before = progress.rate;
	for (size_t i = 0; i < 200; i++) { /* 20 s of nothing */
		pass(&progress, 0.1);
		progress_update(&progress, 1000, NULL);
		output();
	}
	cr_assert_lt(progress.rate, before / 50);
}

Test(progress, a_first_unit_of_many_does_not_tell_the_time_left)
{
	struct progress progress;

	use_terminal(100, "C");
	progress_start(&progress, "units", 500, false);
	pass(&progress, 4);
	progress_update(&progress, 1, NULL);
	cr_assert_not_null(strstr(output(), "1/500 units"), "%s", seen);
	cr_assert_null(strstr(seen, "left"), "%s", seen);
	pass(&progress, 4);
	progress_update(&progress, 5, NULL);
	cr_assert_not_null(strstr(output(), "5/500 units"), "%s", seen);
	cr_assert_not_null(strstr(seen, " left"), "%s", seen);
}

Test(progress, hours_are_hours)
{
	struct progress progress;

	use_terminal(100, "C");
	progress_start(&progress, "units", 50000, false);
	pass(&progress, 10);
	progress_update(&progress, 50, NULL);
	cr_assert_not_null(strstr(output(), "  5.0/s  2 h 46 min left"), "%s", seen);
}

Test(progress, of_an_unknown_total_only_the_count_is_shown)
{
	struct progress progress;

	use_terminal(80, "C");
	progress_start(&progress, "files", 0, false);
	pass(&progress, 2);
	progress_update(&progress, 30, NULL);
	cr_assert_str_eq(output(), "\rscan  30 files  15/s\033[K");
}

Test(progress, a_pipe_gets_a_plain_line_every_ten_seconds)
{
	struct progress progress;

	use_pipe();
	progress_start(&progress, "units", 501, false);
	pass(&progress, 9);
	progress_update(&progress, 200, "x.c");
	cr_assert_str_eq(output(), "");
	pass(&progress, 1.5);
	progress_update(&progress, 231, "x.c");
	cr_assert_str_eq(output(), "scan: 231 of 501 units (21/s)\n");
	progress_update(&progress, 232, "x.c");
	progress_clear(&progress);
	cr_assert_str_eq(output(), "");
}

Test(progress, quiet_is_silent)
{
	struct progress progress;

	use_terminal(80, "C");
	progress_start(&progress, "units", 10, true);
	pass(&progress, 60);
	progress_update(&progress, 5, NULL);
	progress_clear(&progress);
	cr_assert_str_eq(output(), "");
}
