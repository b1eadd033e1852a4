#include "tracer/telemetry/error_type.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>

static const struct error_type catalogue[] = {
	{ERROR_TYPE_OTHER, "it failed", false},
	{"AUTH_FAILED", "the credentials were not accepted", false},
	{"FORBIDDEN", "access is not allowed", false},
	{"NOT_FOUND", "what was asked for is not there", false},
	{"BAD_REQUEST", "the request was not understood", false},
	{"METHOD_NOT_ALLOWED", "the operation is not allowed there", false},
	{"CONFLICT", "the state does not allow it", false},
	{"GONE", "what was asked for is there no more", false},
	{"TOO_LARGE", "it is too large", false},
	{"UNPROCESSABLE", "the values were not accepted", false},
	{"RATE_LIMITED", "too many requests were made", true},
	{"SERVER_ERROR", "the service failed", true},
	{"UNAVAILABLE", "the service is not available", true},
	{"BAD_GATEWAY", "a gateway got no good answer", true},
	{"TIMEOUT", "no answer came in time", true},
	{"REFUSED", "nobody listens at the address", true},
	{"RESET", "the connection was closed by the other side", true},
	{"UNREACHABLE", "the network or host cannot be reached", true},
	{"NAME_UNKNOWN", "the name has no address", false},
	{"INTERRUPTED", "it was interrupted", true},
	{"BUSY", "it is in use", true},
	{"EXISTS", "it is already there", false},
	{"NO_SPACE", "no space is left", false},
	{"NO_MEMORY", "no memory is left", false},
	{"TOO_MANY_FILES", "too many files are open", true},
	{"READ_ONLY", "it can only be read", false},
	{"IO_ERROR", "reading or writing failed", false},
	{"BROKEN_PIPE", "nobody reads any more", false},
	{"INVALID", "a value is not valid", false},
	{"UNSUPPORTED", "it is not supported", false},
	{"USAGE", "the command was used wrongly", false},
	{"NOT_EXECUTABLE", "the program cannot be run", false},
	{"COMMAND_NOT_FOUND", "no such command was found", false},
	{"CRASHED", "it was ended by a fault of its own", false},
	{"KILLED", "it was killed", false},
	{"TERMINATED", "it was told to end", false},
	{"FAILED", "it ended with a failure", false},
	{"EXCEPTION", "an exception was thrown", false},
	{"BAD_RESPONSE", "the answer was not understood", false},
	{"CANCELLED", "it was cancelled", false},
};

struct row {
	int code;
	const char *name;
};

static const struct row http[] = {{400, "BAD_REQUEST"}, {401, "AUTH_FAILED"},
	{403, "FORBIDDEN"}, {404, "NOT_FOUND"}, {405, "METHOD_NOT_ALLOWED"},
	{407, "AUTH_FAILED"}, {408, "TIMEOUT"}, {409, "CONFLICT"}, {410, "GONE"},
	{413, "TOO_LARGE"}, {415, "UNSUPPORTED"}, {422, "UNPROCESSABLE"},
	{429, "RATE_LIMITED"}, {500, "SERVER_ERROR"}, {501, "UNSUPPORTED"},
	{502, "BAD_GATEWAY"}, {503, "UNAVAILABLE"}, {504, "TIMEOUT"}, {0, NULL}};

static const struct row errnos[] = {{EACCES, "FORBIDDEN"}, {EPERM, "FORBIDDEN"},
	{ENOENT, "NOT_FOUND"}, {ESRCH, "NOT_FOUND"}, {ENXIO, "NOT_FOUND"},
	{EEXIST, "EXISTS"}, {ENOTEMPTY, "EXISTS"}, {EINTR, "INTERRUPTED"},
	{ECANCELED, "CANCELLED"}, {EAGAIN, "BUSY"}, {EBUSY, "BUSY"}, {ETXTBSY, "BUSY"},
	{EADDRINUSE, "BUSY"}, {ENOSPC, "NO_SPACE"}, {EDQUOT, "NO_SPACE"},
	{EFBIG, "TOO_LARGE"}, {E2BIG, "TOO_LARGE"}, {EMSGSIZE, "TOO_LARGE"},
	{ENAMETOOLONG, "TOO_LARGE"}, {ENOMEM, "NO_MEMORY"}, {ENOBUFS, "NO_MEMORY"},
	{EMFILE, "TOO_MANY_FILES"}, {ENFILE, "TOO_MANY_FILES"}, {EROFS, "READ_ONLY"},
	{EIO, "IO_ERROR"}, {EPIPE, "BROKEN_PIPE"}, {EINVAL, "INVALID"}, {EDOM, "INVALID"},
	{ERANGE, "INVALID"}, {EBADF, "INVALID"}, {EILSEQ, "BAD_RESPONSE"},
	{EPROTO, "BAD_RESPONSE"}, {EBADMSG, "BAD_RESPONSE"}, {ENOSYS, "UNSUPPORTED"},
	{EOPNOTSUPP, "UNSUPPORTED"}, {ENOTTY, "UNSUPPORTED"},
	{EPROTONOSUPPORT, "UNSUPPORTED"}, {EAFNOSUPPORT, "UNSUPPORTED"},
	{ETIMEDOUT, "TIMEOUT"}, {ETIME, "TIMEOUT"}, {ECONNREFUSED, "REFUSED"},
	{ECONNRESET, "RESET"}, {ECONNABORTED, "RESET"}, {ENOTCONN, "RESET"},
	{EHOSTUNREACH, "UNREACHABLE"}, {ENETUNREACH, "UNREACHABLE"},
	{ENETDOWN, "UNREACHABLE"}, {EHOSTDOWN, "UNREACHABLE"},
	{ENOEXEC, "NOT_EXECUTABLE"}, {0, NULL}};

static const struct row exits[] = {{2, "USAGE"}, {64, "USAGE"}, {65, "INVALID"},
	{66, "NOT_FOUND"}, {68, "NAME_UNKNOWN"}, {69, "UNAVAILABLE"}, {73, "IO_ERROR"},
	{74, "IO_ERROR"}, {75, "BUSY"}, {76, "BAD_RESPONSE"}, {77, "FORBIDDEN"},
	{126, "NOT_EXECUTABLE"}, {127, "COMMAND_NOT_FOUND"}, {0, NULL}};

static const struct row signals[] = {{SIGABRT, "CRASHED"}, {SIGSEGV, "CRASHED"},
	{SIGBUS, "CRASHED"}, {SIGILL, "CRASHED"}, {SIGFPE, "CRASHED"},
	{SIGTRAP, "CRASHED"}, {SIGSYS, "CRASHED"}, {SIGKILL, "KILLED"},
	{SIGTERM, "TERMINATED"}, {SIGINT, "INTERRUPTED"}, {SIGHUP, "TERMINATED"},
	{SIGPIPE, "BROKEN_PIPE"}, {SIGALRM, "TIMEOUT"}, {SIGXFSZ, "TOO_LARGE"},
	{0, NULL}};

static const struct error_type *find(const struct row *rows, int code,
	const char *otherwise)
{
	for (; rows->name; rows++)
		if (rows->code == code)
			return error_type_of_name(rows->name);
	return error_type_of_name(otherwise);
}

const struct error_type *error_type_of_http(int status)
{
	if (status < 400)
		return NULL;
	return find(http, status, status < 500 ? "BAD_REQUEST" : "SERVER_ERROR");
}

const struct error_type *error_type_of_errno(int number)
{
	return number ? find(errnos, number, ERROR_TYPE_OTHER) : NULL;
}

const struct error_type *error_type_of_exit(int status)
{
	if (status == 0)
		return NULL;
	if (status > 128 && status <= 128 + 64)
		return find(signals, status - 128, "KILLED");
	return find(exits, status, "FAILED");
}

const struct error_type *error_type_of_name(const char *name)
{
	for (size_t i = 0; i < sizeof(catalogue) / sizeof(catalogue[0]); i++)
		if (strcmp(catalogue[i].name, name) == 0)
			return &catalogue[i];
	return &catalogue[0];
}
