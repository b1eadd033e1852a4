# pcarch traffic and servers: commands over a socket, HTTP requests, messages; and servers that do not behave.
. "$(dirname "$0")/lib.sh"
need_pcarch build scan traffic
need_command cc
cd "$tmp" || exit 1
unset LD_PRELOAD PCARCH_RECORD PCARCH_INSTRUMENT PCARCH_TRACE
mkdir rooms
export TMPDIR=$tmp/rooms

cat >server.c <<'C'
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef void handler(int fd, const char *rest);
void on_path(const char *method, const char *path, handler *run);
void on_queue(const char *queue, handler *run);
int framework_serve(int fd, const char *line);

static void answer(int fd, const char *text) { (void)!write(fd, text, strlen(text)); }

static void ping(int fd, const char *rest)
{
	answer(fd, strstr(rest, "\r\nX-Correlation-ID: ") ? "HTTP/1.1 200 OK\r\n\r\npong" : "HTTP/1.1 400 Bad\r\n\r\n");
}
static void make(int fd, const char *rest)
{
	answer(fd, strstr(rest, "\"nonce\": \"") && strstr(rest, "\"timestamp\": \"20") && strstr(rest, "X-Mark: yes")
			   ? "HTTP/1.1 201 Created\r\n\r\n" : "HTTP/1.1 400 Bad\r\n\r\n");
}
static void garbage(int fd, const char *rest) { (void)rest; answer(fd, "garbage"); }
static void silent(int fd, const char *rest) { (void)fd; (void)rest; sleep(30); }
static void take_job(int fd, const char *rest) { answer(fd, "queued\n"); printf("done with %s", rest); fflush(stdout); }
static void take_lost(int fd, const char *rest) { (void)rest; answer(fd, "queued\n"); }

static int do_hello(int fd, const char *rest) { answer(fd, rest); return 0; }
static int do_strict(int fd, const char *rest) { answer(fd, *rest == '\n' ? "ERR too few\n" : "ok\n"); return 0; }
static int do_quit(int fd, const char *rest) { (void)rest; answer(fd, "bye\n"); exit(0); }
static int do_same(int fd, const char *rest) { answer(fd, rest); return 0; }
static int do_later(int fd, const char *rest) { answer(fd, rest); return 0; }
struct command { const char *name; int (*run)(int fd, const char *rest); };
static const struct command commands[] = {
	{"hello", do_hello}, {"strict", do_strict}, {"quit", do_quit}, {"zzz", do_later},
	{"same", do_same}, {"other", do_same},
};

static int dispatch(int fd, char *line)
{
	char *rest = line + strcspn(line, " \n");
	char word[64];

	snprintf(word, sizeof(word), "%.*s", (int)(rest - line), line);
	for (unsigned i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strcmp(word, commands[i].name) == 0)
			return commands[i].run(fd, rest);
	return -1;
}
static void stop(int number) { (void)number; exit(0); }

int main(int argc, char **argv)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 0),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);

	signal(SIGTERM, stop);
	on_path("GET", "/ping", ping);
	on_path("POST", "/make", make);
	on_path("GET", "/garbage", garbage);
	on_path("GET", "/silent", silent);
	on_queue("jobs", take_job);
	on_queue("lost", take_lost);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(listener, (struct sockaddr *)&at, sizeof(at)) < 0 || listen(listener, 9) < 0)
		return 1;
	puts("ready");
	fflush(stdout);
	for (;;) {
		char bytes[4096];
		int fd = accept(listener, 0, 0);
		ssize_t n = read(fd, bytes, sizeof(bytes) - 1);

		bytes[n > 0 ? n : 0] = '\0';
		if (n > 0)
			framework_serve(fd, bytes) || dispatch(fd, bytes);
		close(fd);
	}
}
C
cat >framework.c <<'C'
#include <string.h>
typedef void handler(int fd, const char *rest);
static struct { const char *name; handler *run; } paths[8], queues[8];
static int npaths, nqueues;

void on_path(const char *method, const char *path, handler *run)
{
	(void)method;
	paths[npaths].name = path;
	paths[npaths++].run = run;
}
void on_queue(const char *queue, handler *run)
{
	queues[nqueues].name = queue;
	queues[nqueues++].run = run;
}
int framework_serve(int fd, const char *line)
{
	const char *path = strchr(line, ' ') ? strchr(line, ' ') + 1 : "";

	for (int i = 0; i < npaths && (line[0] == 'G' || line[0] == 'P'); i++)
		if (strncmp(path, paths[i].name, strlen(paths[i].name)) == 0)
			return paths[i].run(fd, line), 1;
	for (int i = 0; i < nqueues && strncmp(line, "push ", 5) == 0; i++)
		if (strncmp(path, queues[i].name, strlen(queues[i].name)) == 0)
			return queues[i].run(fd, path + strlen(queues[i].name) + 1), 1;
	return 0;
}
C
cat >client.c <<'C'
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
int main(int argc, char **argv)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 0),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	char bytes[1000] = "", *end = bytes;

	if (connect(fd, (struct sockaddr *)&at, sizeof(at)) < 0)
		return perror("connect"), 9;
	for (int i = 2; i < argc; i++)
		end += snprintf(end, sizeof(bytes) - (end - bytes), "%s%c", argv[i], i + 1 < argc ? ' ' : '\n');
	(void)!write(fd, bytes, end - bytes);
	memset(bytes, 0, sizeof(bytes));
	(void)!read(fd, bytes, sizeof(bytes) - 1);
	fputs(bytes, stdout);
	return strncmp(bytes, "ERR", 3) == 0;
}
C
echo '{"version": 1, "registrations": [
 {"kind": "http", "call": "on_path", "handler": 2, "metadata": {"method": 0, "path": 1}},
 {"kind": "amqp", "call": "on_queue", "handler": 1, "metadata": {"queue": 0}}]}' >.pcarch.json
cc -O1 -c framework.c || exit 1
assert_exit 0 "$PCARCH" build -q -- cc -O1 server.c framework.o -o server
cc client.c -o client || exit 1
assert_exit 0 "$PCARCH" scan -q
assert_json static.json "[e['metadata'].get('path') for e in d['entry_points'] if e['type'] == 'http'].count('/ping') == 1"

# rules SERVER-MEMBERS [RULES]; limit: seconds that each may take, and the server until it is ready.
limit=60
rules() {
	printf '{"kind": "traffic", "schema_version": "1.0", "programs": [{"name": "server", "path": "server", "timeout": %s, "server": {%s}}], "rules": [%s]}' \
		$limit "$1" "${2:-}" >rules.json
}
traffic() { assert_exit "$1" "$PCARCH" traffic --rules rules.json -o run.json --format json "${@:2}"; }
row() {
	printf '%s\n' "$out" | python3 -c 'import json, sys
d = {r["name"]: r for r in map(json.loads, sys.stdin)}[sys.argv[1]]
sys.exit(not eval(sys.argv[2], {"d": d}))' "$1" "$2" || fail "not so of '$1': $2 in $(grep -F "\"$1\"" <<<"$out")"
}
start='"start": ["{program}", "{port}"], "send": ["./client", "{port}", "{tokens}", "{arguments}"], "url": "http://127.0.0.1:{port}",
	"publish": ["./client", "{port}", "push", "{queue}", "{nonce}"], "done": "done with {nonce}"'

rules "$start, \"ready\": \"ready\"" '{"match": "server strict", "status": 0},
	{"match": "server hello", "arguments": ["{port}", "{nonce}"]}, {"match": "POST /make", "headers": {"X-Mark": "yes"}, "status": 201},
	{"match": "GET /ping", "target": "/ping?x=1", "status": 200}, {"match": "* /silent", "timeout": 1}, {"match": "lost", "timeout": 1}'
traffic 1
row 'server hello' "d['outcome'] == 'ran' and d['status'] == 0 and __import__('re').fullmatch('[0-9]+ [0-9a-f]{32}', d['said'])"
row 'server strict' "d['outcome'] == 'ran' and d['status'] == 1 and not d['is_expected'] and d['said'] == 'ERR too few'"
# It ends; the next one gets a new server.
row 'server quit' "d['outcome'] == 'ran' and d['said'] == 'bye'"
row 'server zzz' "d['outcome'] == 'ran'"
# Two of one handler: it ran, and nothing tells for which.
row 'server same' "d['outcome'] == 'ran' and d['handler_ran'] is None"
row 'GET /ping' "d['outcome'] == 'ran' and d['status'] == 200 and d['row'] == 'request'"
row 'POST /make' "d['outcome'] == 'ran' and d['status'] == 201"
row 'GET /garbage' "d['outcome'] == 'ran' and d['status'] is None and 'answers what is no HTTP' in d['reason']"
row 'GET /silent' "d['outcome'] == 'late' and 'timed out' in d['reason']"
row 'jobs' "d['outcome'] == 'ran' and d['row'] == 'message'"
row 'lost' "d['outcome'] == 'late' and d['handler_ran'] and 'did not say' in d['reason']"
assert_exit 0 "$PCARCH" validate run.json
assert_json run.json "len(d['runs']) >= 2"
assert_equal "$(ls rooms)" '' 'the temporary directory'
! pgrep -f "^$tmp/server" >/dev/null || fail 'a server still runs'

# Anew for each; ready when it listens.
rules "$start, \"fresh\": true"
traffic 0 --route 'server [hzs]*'
row 'server hello' "d['outcome'] == 'ran'"
row 'server same' "d['handler_ran']"
row 'server zzz' "d['outcome'] == 'ran'"
assert_json run.json "len(d['runs']) == 4"

# It does not get ready, or ends.
limit=3
rules '"start": ["{program}", "{port}"], "ready": "never said", "send": ["./client"]'
traffic 0 --route 'server hello'
row 'server hello' "d['outcome'] == 'undriven' and d['reason'] == \"the server 'server' did not get ready in time: ready\""
rules '"start": ["false"], "ready": "ready", "send": ["./client"]'
traffic 0 --route 'server hello'
row 'server hello' "d['reason'].startswith(\"the server 'server' ended before it was ready\")"

# What cannot be reached, and where nothing goes.
rules '"start": ["{program}", "{port}"], "ready": "ready"'
traffic 0
row 'server hello' "'give its server' in d['reason']"
row 'GET /ping' "d['reason'] == \"no server in the rules has a 'url'\""
row 'jobs' "d['reason'] == \"no server in the rules has a command to 'publish'\""
rules '"start": ["{program}", "{port}"], "ready": "ready", "send": ["no-such-client"], "url": "http://192.0.2.1:{port}"'
traffic 0
row 'server hello' "d['reason'] == \"there is no 'no-such-client' in PATH: give it with --program\""
row 'GET /ping' "'is not on this machine' in d['reason']"
