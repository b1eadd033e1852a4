/* An extension of Python: methods by their names, and what import calls. */
typedef struct _object PyObject;
typedef PyObject *(*PyCFunction)(PyObject *, PyObject *);
typedef struct PyMethodDef {
	const char *ml_name;
	PyCFunction ml_meth;
	int ml_flags;
	const char *ml_doc;
} PyMethodDef;
typedef struct PyModuleDef {
	const char *m_name;
	PyMethodDef *m_methods;
} PyModuleDef;

PyObject *PyModule_Create2(PyModuleDef *, int);

static PyObject *add(PyObject *self, PyObject *args)
{
	(void)self;
	return args;
}

static PyObject *sum_all(PyObject *self, PyObject *args)
{
	(void)self;
	return args;
}

static PyMethodDef methods[] = {
	{"add", add, 1, "add two numbers"},
	{.ml_name = "sum", .ml_meth = (PyCFunction)(void *)sum_all, .ml_flags = 1},
	{0},
};

static PyModuleDef module = {"numbers", methods};

PyObject *PyInit_numbers(void)
{
	return PyModule_Create2(&module, 1013);
}
