/* Java finds native methods by name, or in a table. */
typedef const struct JNINativeInterface *JNIEnv;
typedef void *jobject;
typedef struct {
	char *name, *signature;
	void *fnPtr;
} JNINativeMethod;
struct JNINativeInterface {
	int (*RegisterNatives)(JNIEnv *, jobject, const JNINativeMethod *, int);
};

static int add(JNIEnv *env, jobject self, int a, int b)
{
	(void)env;
	(void)self;
	return a + b;
}

int Java_org_example_Main_start(JNIEnv *env, jobject self)
{
	static const JNINativeMethod methods[] = {{"add", "(II)I", (void *)add}};

	return (*env)->RegisterNatives(env, self, methods, 1);
}

/* Not for Java: nobody finds a static function by its name. */
static int Java_like(int n)
{
	return n;
}

int JNI_OnLoad(void *vm, void *reserved)
{
	(void)reserved;
	return Java_like(vm != 0);
}
