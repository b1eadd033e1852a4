/* Records and hooks that libraries call through: FUSE, h2o, civetweb, readline. */
struct stat;
struct fuse_operations {
	int (*getattr)(const char *, struct stat *);
	int (*open)(const char *, void *);
};

int fuse_main_real(int, char **, const struct fuse_operations *, unsigned long, void *);

typedef struct st_h2o_req_t h2o_req_t;
typedef struct st_h2o_handler_t {
	void *config;
	int (*on_req)(struct st_h2o_handler_t *, h2o_req_t *);
} h2o_handler_t;

h2o_handler_t *h2o_create_handler(void *, unsigned long);

struct mg_connection;
struct mg_context;
struct mg_callbacks {
	int (*begin_request)(struct mg_connection *);
	void (*end_request)(const struct mg_connection *, int);
};

struct mg_context *mg_start(const struct mg_callbacks *, void *, const char **);
void mg_set_request_handler(struct mg_context *, const char *,
	int (*)(struct mg_connection *, void *), void *);

extern char **(*rl_attempted_completion_function)(const char *, int, int);
char *readline(const char *);

static int fs_getattr(const char *path, struct stat *out)
{
	return path[0] && out;
}

static const struct fuse_operations operations = {.getattr = fs_getattr};

static int answer(h2o_handler_t *handler, h2o_req_t *request)
{
	return handler && request;
}

static int begin(struct mg_connection *connection)
{
	return connection != 0;
}

static int list_keys(struct mg_connection *connection, void *data)
{
	return connection && data;
}

static char **complete(const char *text, int start, int end)
{
	static char *words[2];

	words[0] = (char *)text + (start < end);
	return words;
}

int main(int argc, char **argv)
{
	struct mg_callbacks callbacks = {0};
	struct mg_context *context;

	rl_attempted_completion_function = complete;
	h2o_create_handler(argv, sizeof(h2o_handler_t))->on_req = answer;
	callbacks.begin_request = begin;
	context = mg_start(&callbacks, 0, 0);
	mg_set_request_handler(context, "/keys", list_keys, 0);
	readline("> ");
	return fuse_main_real(argc, argv, &operations, sizeof(operations), 0);
}
