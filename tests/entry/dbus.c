/* D-Bus: paths of objects, by libdbus and by sd-bus; methods of a vtable. */
typedef struct DBusConnection DBusConnection;
typedef struct DBusMessage DBusMessage;
typedef struct DBusObjectPathVTable {
	void (*unregister_function)(DBusConnection *, void *);
	int (*message_function)(DBusConnection *, DBusMessage *, void *);
} DBusObjectPathVTable;

int dbus_connection_register_object_path(DBusConnection *, const char *,
	const DBusObjectPathVTable *, void *);

typedef int (*sd_bus_message_handler_t)(void *, void *, void *);
typedef struct sd_bus_vtable {
	int type;
	union {
		struct {
			const char *member, *signature, *result;
			sd_bus_message_handler_t handler;
		} method;
		struct {
			const char *member, *signature;
			sd_bus_message_handler_t get, set;
		} property;
	} x;
} sd_bus_vtable;

int sd_bus_add_object_vtable(void *, void **, const char *, const char *,
	const sd_bus_vtable *, void *);

static int on_message(DBusConnection *connection, DBusMessage *message, void *data)
{
	(void)connection;
	(void)message;
	return data != 0;
}

static int on_reload(void *message, void *data, void *error)
{
	(void)message;
	(void)data;
	return error != 0;
}

static const DBusObjectPathVTable player = {.message_function = on_message};

static const sd_bus_vtable manager[] = {
	{.type = 'M', .x.method = {"Reload", "", "", on_reload}},
	{.type = '>'},
};

int main(int argc, char **argv)
{
	(void)argc;
	dbus_connection_register_object_path((DBusConnection *)argv, "/org/player",
		&player, 0);
	return sd_bus_add_object_vtable(argv, 0, "/org/manager", "org.Manager", manager,
		0);
}
