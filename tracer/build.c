#include "tracer/build.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/module_path.h"
#include "core/text.h"
#include "tracer/launch.h"
#include "tracer/recorder/record.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char recorder_name[] = "libpcarch-recorder.so";
static const char runtime_name[] = "libpcarch-trace.so";

const char *const build_modes[] = {
#ifdef __x86_64__
	"edges",
	"indirect",
#endif
	"portable",
	NULL,
};

/* What a build's processes are told, for as long as it runs. */
struct recording {
	const char *directory; /* temporary; NULL: not made */
	const char *file; /* in it: that compilers append to */
	const char *recorder; /* the shared object, by a path fit for LD_PRELOAD */
	bool is_linked; /* `recorder` is a link in `directory` */
	const char *instrument; /* RECORD_INSTRUMENT; "": as it is */
};

static void recording_release(struct recording *recording)
{
	if (!recording->directory)
		return;
	unlink(recording->file);
	if (recording->is_linked)
		unlink(recording->recorder);
	rmdir(recording->directory);
}

#define scoped_recording __attribute__((cleanup(recording_release))) struct recording

/* LD_PRELOAD is split at spaces and colons, and $ORIGIN and its like are replaced. */
static bool is_fit_to_preload(const char *path)
{
	return !strpbrk(path, " \t\n:;$");
}

static bool find_recorder(struct arena *arena, struct recording *recording,
	struct error *err)
{
	scoped_text path = {0};

	if (!module_path(recorder_name, &path))
		return error_set(err, (struct location){0},
			"cannot find %s, which watches the build, at %s; install pcarch again",
			recorder_name, path.bytes);
	recording->recorder = arena_strdup(arena, path.bytes);
	if (is_fit_to_preload(path.bytes))
		return true;
	recording->recorder =
		arena_printf(arena, "%s/%s", recording->directory, recorder_name);
	recording->is_linked = symlink(path.bytes, recording->recorder) == 0;
	return recording->is_linked ||
	       error_set_errno(err, "create", recording->recorder, NULL);
}

static bool find_runtime(struct arena *arena, const char *mode,
	struct recording *recording, struct error *err)
{
	scoped_text path = {0};

	recording->instrument = "";
	if (!mode)
		return true;
	if (!module_path(runtime_name, &path))
		return error_set(err, (struct location){0},
			"cannot find %s, which programs are traced with, at %s; install pcarch "
			"again, or give --no-instrument",
			runtime_name, path.bytes);
	/* It goes into a run path, which is split at colons, and in which $ORIGIN is
	 * replaced. */
	if (strpbrk(path.bytes, ":$"))
		return error_set(err, (struct location){0},
			"'%s' cannot be found by programs, for there is a ':' or '$' in its "
			"path: install pcarch elsewhere, or give --no-instrument",
			path.bytes);
	recording->instrument = arena_printf(arena, "%s:%.*s", mode,
		(int)(strrchr(path.bytes, '/') - path.bytes), path.bytes);
	return true;
}

static bool recording_open(struct recording *recording, struct arena *arena,
	struct error *err)
{
	const char *base = getenv("TMPDIR");
	char *directory;
	int fd;

	if (!base || base[0] != '/' || !is_fit_to_preload(base))
		base = "/tmp";
	directory = arena_printf(arena, "%s/pcarch-build-XXXXXX", base);
	if (!mkdtemp(directory))
		return error_set_errno(err, "create", directory,
			"set TMPDIR to a directory with room");
	recording->directory = directory;
	recording->file = arena_printf(arena, "%s/records", directory);
	fd = open(recording->file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return error_set_errno(err, "create", recording->file, NULL);
	close(fd);
	return find_recorder(arena, recording, err);
}

/* Ours with a few variables set. */
static char **environment(struct arena *arena, const struct recording *recording)
{
	/* Programs built with AddressSanitizer refuse to run behind a preloaded object,
	 * and a build may run what it built. */
	char *const settings[] = {
		arena_printf(arena, "%s=%s", RECORD_VARIABLE, recording->file),
		arena_printf(arena, "%s=%s", RECORD_INSTRUMENT, recording->instrument),
		launch_setting(arena, "LD_PRELOAD", recording->recorder, ':', true),
		launch_setting(arena, "ASAN_OPTIONS", "verify_asan_link_order=0", ':',
			false),
	};

	return launch_variables(arena, settings, sizeof(settings) / sizeof(settings[0]));
}

static bool run(struct arena *arena, char *const *argv, const struct recording *recording,
	struct build *build, struct error *err)
{
	struct launch launch = {
		.argv = argv,
		.variables = environment(arena, recording),
		.hint = "give the build's command after '--'",
	};
	bool ok = launch_run(&launch, err);

	build->status = launch.status;
	return ok;
}

bool build_run(struct arena *arena, char *const *argv, const char *mode,
	struct build *out, struct error *err)
{
	scoped_recording recording = {0};
	scoped_map map = {"", 0};

	out->status = 0;
	if (!find_runtime(arena, mode, &recording, err) ||
		!recording_open(&recording, arena, err) ||
		!run(arena, argv, &recording, out, err) ||
		!file_map(recording.file, &map, err))
		return false;
	records_read(arena, map.bytes, map.size, &out->records);
	return true;
}
