#include "analyzer/clang/attributes.h"

#include "analyzer/clang/string.h"

void attributes_read(CXCursor declaration, struct attributes *out)
{
	CXPrintingPolicy policy = clang_getCursorPrintingPolicy(declaration);
	CXString text;

	clang_PrintingPolicy_setProperty(policy, CXPrintingPolicy_TerseOutput, 1);
	text = clang_getCursorPrettyPrinted(declaration, policy);
	attributes_parse(clang_getCString(text), out);
	clang_disposeString(text);
	clang_PrintingPolicy_dispose(policy);
}
