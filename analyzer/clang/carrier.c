#include "analyzer/clang/carrier.h"

#include "analyzer/clang/string.h"

#include <string.h>

/* The compiler's own record, which stands in no file. */
static bool is_va_list(CXType record)
{
	CXCursor declaration = clang_getTypeDeclaration(record);

	if (clang_equalLocations(clang_getCursorLocation(declaration),
		    clang_getNullLocation())) {
		scoped_cxstring name = clang_getCursorSpelling(declaration);

		return strstr(clang_getCString(name), "__va_list") != NULL;
	}
	return false;
}

/* What a pointer of `depth` levels (an array is one) ends in. */
static enum carrier carrier_of_base(CXType base, unsigned depth)
{
	switch (base.kind) {
	case CXType_FunctionProto:
	case CXType_FunctionNoProto:
		return depth <= 1 ? CARRIER_FUNCTION : CARRIER_CELL;
	case CXType_Void:
		return depth == 0   ? CARRIER_NONE
		       : depth == 1 ? CARRIER_RAW
				    : CARRIER_CELL;
	case CXType_Char_U:
	case CXType_UChar:
	case CXType_Char_S:
	case CXType_SChar:
		return depth == 1 ? CARRIER_TEXT : CARRIER_NONE;
	case CXType_Record:
		return is_va_list(base) ? CARRIER_RAW : CARRIER_NONE;
	default:
		return CARRIER_NONE;
	}
}

/* One level off a canonical type; false when it has none. */
static bool step_into(CXType *type, unsigned *depth)
{
	CXType inner;

	switch (type->kind) {
	case CXType_Pointer:
		inner = clang_getPointeeType(*type);
		++*depth;
		break;
	case CXType_ConstantArray:
	case CXType_IncompleteArray:
	case CXType_VariableArray:
		inner = clang_getArrayElementType(*type);
		++*depth;
		break;
	case CXType_Atomic:
		inner = clang_Type_getValueType(*type);
		break;
	default:
		return false;
	}
	*type = clang_getCanonicalType(inner);
	return true;
}

enum carrier carrier_of(CXType type)
{
	unsigned depth = 0;

	type = clang_getCanonicalType(type);
	while (step_into(&type, &depth))
		;
	return carrier_of_base(type, depth);
}

bool carrier_is_array(CXType type)
{
	type = clang_getCanonicalType(type);
	return type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray ||
	       type.kind == CXType_VariableArray;
}

CXCursor carrier_record(CXType type)
{
	unsigned depth = 0;

	type = clang_getCanonicalType(type);
	while (step_into(&type, &depth))
		;
	return type.kind == CXType_Record && depth <= 2 ? clang_getTypeDeclaration(type)
							: clang_getNullCursor();
}
