/*
 * A program that tells what it does, by every function of pcarch_trace.h. Its commands
 * run alone, or as lines of a prompt: vault repl.
 */
#include <errno.h>
#include <pcarch_trace.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern const struct pcarch_command commands[];

static int number(const char *text)
{
	return (int)strtol(text, NULL, 10);
}

static int get(int argc, char **argv)
{
	if (argc && strcmp(argv[0], "cached") == 0)
		PCARCH_BRANCH("source", "cache");
	else
		PCARCH_BRANCH("source", "net");
	pcarch_event(PCARCH_LEVEL_INFO, "vault.get",
		PCARCH_FIELDS(pcarch_text("queue", "reads"), pcarch_number("size", 12),
			pcarch_flag("cache", argc > 0),
			pcarch_text("password", argc > 1 ? argv[1] : "none"),
			pcarch_text("note", argc > 1 ? argv[1] : "none")));
	return 0;
}

static int put(int argc, char **argv)
{
	const struct pcarch_failure failure = {.origin = PCARCH_ORIGIN_ERRNO,
		.code = EACCES,
		.layer = "storage",
		.fields = PCARCH_FIELDS(pcarch_text("file", argc ? argv[0] : ""))};

	PCARCH_SPAN("write");
	pcarch_error(&failure);
	return 1;
}

static int key_add(int argc, char **argv)
{
	(void)argv;
	return argc > 3 ? 3 : 0;
}

static int key_list(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return 0;
}

/* Fails without a word. */
static int quiet(int argc, char **argv)
{
	(void)argv;
	return argc ? number(argv[0]) : 1;
}

/* A dictionary of headers as carriers are. */
struct headers {
	char names[8][32], values[8][600];
	size_t count;
};

static size_t headers_get(void *data, const char *name, struct pcarch_value *values,
	size_t room)
{
	struct headers *headers = data;
	size_t count = 0;

	for (size_t i = 0; i < headers->count; i++) {
		if (strcmp(headers->names[i], name) != 0)
			continue;
		if (count < room)
			values[count] = (struct pcarch_value){
				headers->values[i], strlen(headers->values[i])};
		count++;
	}
	return count;
}

static bool headers_set(void *data, const char *name, const char *value, size_t length)
{
	struct headers *headers = data;

	if (headers->count == 8)
		return false;
	snprintf(headers->names[headers->count], 32, "%s", name);
	snprintf(headers->values[headers->count++], 600, "%.*s", (int)length, value);
	return true;
}

static struct pcarch_carrier carrier_of(struct headers *headers)
{
	return (struct pcarch_carrier){headers, headers_get, headers_set};
}

/* call STATUS ECHO ENDPOINT: a service that answers so. */
static int call(int argc, char **argv)
{
	const struct pcarch_external what = {.channel = "http",
		.source = "polycalld",
		.operation = "GET",
		.endpoint = argc > 2 ? argv[2]
				     : "http://alice:pw@127.0.0.1:80/users/1234?token=x"};
	struct headers sent = {.count = 0}, echoed = {.count = 0};
	const struct pcarch_carrier request = carrier_of(&sent),
				    response = carrier_of(&echoed);
	struct pcarch_answer answer = {.origin = PCARCH_ORIGIN_HTTP,
		.code = argc ? number(argv[0]) : 200,
		.attempts = 1,
		.headers = &response};
	struct pcarch_call now;

	pcarch_external_begin(&now, &what);
	pcarch_inject(&now, &request);
	for (size_t i = 0; i < sent.count; i++)
		printf("%s: %s\n", sent.names[i], sent.values[i]);
	fflush(stdout);
	if (argc > 1 && strcmp(argv[1], "never") == 0)
		raise(SIGKILL);
	if (argc > 1)
		headers_set(&echoed, "x-correlation-id", argv[1], strlen(argv[1]));
	answer.date = argc > 3 ? 1000 : 0;
	pcarch_external_end(&now, &answer);
	return answer.code >= 400;
}

/* serve TRACEPARENT [CORRELATION]: as a service whose request has these headers. */
static int serve(int argc, char **argv)
{
	struct headers headers = {.count = 0};
	const struct pcarch_carrier carrier = carrier_of(&headers);
	struct pcarch_start start = {.channel = "http", .carrier = &carrier};
	struct pcarch_execution *request;
	struct pcarch_link link;

	if (argc)
		headers_set(&headers, "traceparent", argv[0], strlen(argv[0]));
	if (argc > 1)
		headers_set(&headers, "x-correlation-id", argv[1], strlen(argv[1]));
	start.policy = argc > 2 ? (enum pcarch_policy)number(argv[2]) : PCARCH_CONTINUE;
	pcarch_extract(&carrier, &link);
	start.links = &link;
	start.nlinks = argc > 3;
	request = pcarch_begin(&start);
	pcarch_step(PCARCH_STEP_COMMAND, "GET /status");
	pcarch_routed();
	pcarch_end(request, 0);
	return 0;
}

/* fork N: children that take a way, the parent another. */
static int fork_children(int argc, char **argv)
{
	int count = argc ? number(argv[0]) : 1;

	for (int i = 0; i < count; i++) {
		pid_t pid = fork();

		if (pid == 0) {
			PCARCH_BRANCH("process", "child");
			pcarch_event(PCARCH_LEVEL_INFO, "vault.child", PCARCH_NO_FIELDS);
			exit(0);
		}
		waitpid(pid, NULL, 0);
	}
	PCARCH_BRANCH("process", "parent");
	return 0;
}

static int run_program(int argc, char **argv)
{
	char **envp = pcarch_exec_environment(NULL);

	if (argc)
		execve(argv[0], argv, envp);
	free(envp);
	return 126;
}

static struct pcarch_execution *running;

static int login(int argc, char **argv)
{
	running = pcarch_login(running, "posix", argc ? argv[0] : "alice");
	return 0;
}

static int sleep_ms(void *data)
{
	const struct timespec time = {0, *(const int *)data * 1000000L};

	nanosleep(&time, NULL);
	return *(const int *)data == 7 ? 7 : 0;
}

/* bridge SLEEP DEADLINE */
static int bridge(int argc, char **argv)
{
	int ms = argc ? number(argv[0]) : 0;

	return pcarch_ffi_call("python", sleep_ms, &ms,
		argc > 1 ? (unsigned)number(argv[1]) : 0);
}

static int slow(int argc, char **argv)
{
	int ms = 20;

	(void)argv;
	(void)argc;
	PCARCH_SPAN_SLOW("wait", 10);
	return sleep_ms(&ms);
}

static int leave(int argc, char **argv)
{
	exit(argc ? number(argv[0]) : 0);
}

static int crash(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	abort();
}

/* many N: so many events. */
static int many(int argc, char **argv)
{
	int count = argc ? number(argv[0]) : 1000;

	for (int i = 0; i < count; i++)
		pcarch_event(PCARCH_LEVEL_INFO, "vault.count",
			PCARCH_FIELDS(pcarch_number("count", i)));
	return 0;
}

static void *work(void *data)
{
	struct pcarch_execution *job = pcarch_begin(&(struct pcarch_start){
		.program = "vault", .channel = "job"});
	char guid[PCARCH_GUID_SIZE];

	(void)data;
	pcarch_step(PCARCH_STEP_COMMAND, "job");
	for (int i = 0; i < 200; i++) {
		PCARCH_SPAN("part");
		pcarch_event(PCARCH_LEVEL_INFO, "vault.work", PCARCH_NO_FIELDS);
		pcarch_current_guid(guid);
	}
	pcarch_end(job, 0);
	return NULL;
}

static int threads(int argc, char **argv)
{
	pthread_t workers[4];

	(void)argc;
	(void)argv;
	for (size_t i = 0; i < 4; i++)
		pthread_create(&workers[i], NULL, work, NULL);
	for (size_t i = 0; i < 4; i++)
		pthread_join(workers[i], NULL);
	return 0;
}

static void listen_to(void *data, const struct pcarch_told *event)
{
	fprintf(data, "%s %s\n", event->name, event->json);
	pcarch_event(PCARCH_LEVEL_FATAL, "vault.echo", PCARCH_NO_FIELDS);
}

static int listen_events(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	pcarch_attach(listen_to, stdout, PCARCH_LEVEL_TRACE);
	pcarch_event(PCARCH_LEVEL_DEBUG, "vault.heard",
		PCARCH_FIELDS(pcarch_text("password", "swordfish")));
	pcarch_detach(listen_to, stdout);
	pcarch_event(PCARCH_LEVEL_DEBUG, "vault.unheard", PCARCH_NO_FIELDS);
	printf("dropped %llu\n", (unsigned long long)pcarch_dropped());
	return 0;
}

/* hostile TEXT: wherever a text can be given, it is this one. */
static int hostile(int argc, char **argv)
{
	char text[4096];
	struct headers headers = {.count = 0};
	const struct pcarch_carrier carrier = carrier_of(&headers);
	struct pcarch_failure failure = {.origin = PCARCH_ORIGIN_NAMED, .code = 1};
	struct pcarch_external what;
	struct pcarch_call now;
	struct pcarch_answer answer = {
		.origin = PCARCH_ORIGIN_NAMED, .headers = &carrier};
	struct pcarch_execution *request;

	snprintf(text, sizeof(text), "%s", argc ? argv[0] : "");
	headers_set(&headers, "traceparent", text, strlen(text));
	headers_set(&headers, "tracestate", text, strlen(text));
	headers_set(&headers, "b3", text, strlen(text));
	request = pcarch_begin(&(struct pcarch_start){.program = text,
		.channel = text,
		.argc = argc,
		.argv = argv,
		.realm = text,
		.user = text,
		.carrier = &carrier});
	pcarch_command(text);
	failure.type = failure.layer = failure.source = failure.cause = text;
	failure.endpoint = "http://h/";
	failure.fields =
		PCARCH_FIELDS(pcarch_text("password", text), pcarch_text("body", text),
			pcarch_text("authorization", text), pcarch_text("apiKey", text),
			pcarch_text("X-Auth", text), pcarch_text(text, text));
	pcarch_error(&failure);
	pcarch_event_literal(PCARCH_LEVEL_INFO, text,
		PCARCH_FIELDS(pcarch_text("message", text)));
	what = (struct pcarch_external){text, text, text, "http://h/", 0};
	pcarch_external_begin(&now, &what);
	answer.type = text;
	pcarch_external_end(&now, &answer);
	pcarch_end(request, 1);
	return 0;
}

static int run_line(char *line)
{
	char *words[16], *word;
	struct pcarch_execution *outer = running;
	int nwords = 0, status;

	while (nwords < 15 && (word = strsep(&line, " \n")))
		if (*word)
			words[nwords++] = word;
	words[nwords] = NULL;
	running = pcarch_begin(&(struct pcarch_start){
		.program = "vault", .channel = "repl", .argc = 0});
	status = pcarch_dispatch(commands, nwords, words);
	pcarch_end(running, status);
	running = outer;
	return status;
}

static int repl(int argc, char **argv)
{
	char line[1024];

	(void)argc;
	(void)argv;
	while (fgets(line, sizeof(line), stdin))
		printf("%d\n", run_line(line));
	return 0;
}

static const char *const cat_names[] = {"cat", "read", NULL};

static const struct pcarch_command key_commands[] = {
	{"add", key_add, NULL, NULL, "make a key"},
	{"list", key_list, NULL, NULL, "show the keys"},
	{NULL, NULL, NULL, NULL, NULL},
};

const struct pcarch_command commands[] = {
	{"get", get, NULL, cat_names, "show what was kept"},
	{"put", put, NULL, NULL, NULL},
	{"key", NULL, key_commands, NULL, NULL},
	{"quiet", quiet, NULL, NULL, NULL},
	{"call", call, NULL, NULL, NULL},
	{"serve", serve, NULL, NULL, NULL},
	{"fork", fork_children, NULL, NULL, NULL},
	{"exec", run_program, NULL, NULL, NULL},
	{"login", login, NULL, NULL, NULL},
	{"bridge", bridge, NULL, NULL, NULL},
	{"slow", slow, NULL, NULL, NULL},
	{"leave", leave, NULL, NULL, NULL},
	{"crash", crash, NULL, NULL, NULL},
	{"many", many, NULL, NULL, NULL},
	{"threads", threads, NULL, NULL, NULL},
	{"listen", listen_events, NULL, NULL, NULL},
	{"hostile", hostile, NULL, NULL, NULL},
	{"repl", repl, NULL, NULL, NULL},
	{NULL, NULL, NULL, NULL, NULL},
};

static size_t state(void *data, struct pcarch_field *fields, size_t room)
{
	(void)data;
	if (room < 2)
		return 0;
	fields[0] = pcarch_number("count", 3);
	fields[1] = pcarch_text("owner", "nobody");
	return 2;
}

int main(int argc, char **argv)
{
	int status;

	pcarch_on_error(state, NULL);
	running = pcarch_begin(&(struct pcarch_start){
		.program = "vault", .argc = argc, .argv = argv});
	status = pcarch_dispatch(commands, argc - 1, argv + 1);
	pcarch_end(running, status);
	return status;
}
