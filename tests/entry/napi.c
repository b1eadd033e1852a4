/* Node: functions by name, properties of a class. */
typedef struct napi_env_ *napi_env;
typedef struct napi_value_ *napi_value;
typedef struct napi_info_ *napi_info;
typedef napi_value (*napi_callback)(napi_env, napi_info);
typedef struct {
	const char *utf8name;
	napi_value name;
	napi_callback method, getter, setter;
	napi_value value;
	int attributes;
	void *data;
} napi_property_descriptor;

int napi_create_function(napi_env, const char *, unsigned long, napi_callback, void *,
	napi_value *);
int napi_define_properties(napi_env, napi_value, unsigned long,
	const napi_property_descriptor *);

static napi_value hash(napi_env env, napi_info info)
{
	(void)env;
	return (napi_value)info;
}

static napi_value get_size(napi_env env, napi_info info)
{
	(void)env;
	return (napi_value)info;
}

static napi_value reset(napi_env env, napi_info info)
{
	(void)env;
	return (napi_value)info;
}

napi_value napi_register_module_v1(napi_env env, napi_value exports)
{
	const napi_property_descriptor properties[] = {
		{"size", 0, 0, get_size, 0, 0, 0, 0},
		{.utf8name = "reset", .method = reset},
	};
	napi_value function;

	napi_create_function(env, "hash", 4, hash, 0, &function);
	napi_define_properties(env, exports, 2, properties);
	return exports;
}
