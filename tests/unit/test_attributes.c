#include "analyzer/facts/attribute_text.h"

#include "core/trace.h"

#include <criterion/criterion.h>
#include <string.h>

static struct attributes parse(const char *text)
{
	struct attributes attributes;

	attributes_parse(text, &attributes);
	return attributes;
}

static unsigned flags(const char *text)
{
	return parse(text).flags;
}

Test(attributes, a_plain_declaration_has_none)
{
	struct attributes none = parse("static int f(int weak, int alias)");

	cr_assert_eq(none.flags, 0);
	cr_assert_str_empty(none.target);
	cr_assert_str_empty(none.cleanup);
	cr_assert_eq(flags(""), 0);
}

Test(attributes, each_spelling_is_read)
{
	cr_assert_eq(flags("int f() __attribute__((weak))"), FUNCTION_WEAK);
	cr_assert_eq(flags("[[gnu::weak]] int f()"), FUNCTION_WEAK);
	cr_assert_eq(flags("[[noreturn]] void f()"), FUNCTION_NORETURN);
	cr_assert_eq(flags("_Noreturn void f()"), FUNCTION_NORETURN);
	cr_assert_eq(flags("static _Noreturn void f()"), FUNCTION_NORETURN);
	cr_assert_eq(flags("void f() __attribute__((constructor(101)))"),
		FUNCTION_CONSTRUCTOR);
	cr_assert_eq(flags("void f() __attribute__((destructor))"), FUNCTION_DESTRUCTOR);
}

Test(attributes, several_are_read)
{
	struct attributes both =
		parse("int f(int) __attribute__((weak)) __attribute__((alias(\"g\")))");

	cr_assert_eq(both.flags, FUNCTION_WEAK | FUNCTION_ALIAS);
	cr_assert_str_eq(both.target, "g");
}

Test(attributes, a_section_is_told)
{
	cr_assert(parse("int x __attribute__((used)) __attribute__((section(\"cmds\")))")
			  .has_section);
	cr_assert(parse("[[gnu::section(\"cmds\")]] int x = 1").has_section);
	cr_assert_not(parse("int section = 1").has_section);
	cr_assert_not(parse("char *x __attribute__((used)) = \"(section\"").has_section);
}

Test(attributes, targets_are_read)
{
	cr_assert_str_eq(parse("int f() __attribute__((ifunc(\"pick\")))").target,
		"pick");
	cr_assert_eq(flags("int f() __attribute__((ifunc(\"pick\")))"), FUNCTION_IFUNC);
	cr_assert_str_eq(parse("int *p __attribute__((cleanup(drop)))").cleanup, "drop");
}

Test(attributes, names_of_other_things_are_not_attributes)
{
	cr_assert_eq(flags("int f() __attribute__((section(\"(weak)\")))"), 0);
	cr_assert_eq(flags("int f() __attribute__((deprecated(\"use \\\"(weak\")))"), 0);
	cr_assert_eq(flags("int f() __attribute__((weakref(\"g\")))"), 0);
	cr_assert_eq(flags("int f() __attribute__((no_destructor))"), 0);
	cr_assert_eq(flags("int constructor(int destructor)"), 0);
	cr_assert_eq(flags("int f(int my_Noreturn , int x)"), 0);
	cr_assert_eq(flags("int f(int (*_Noreturn )(void))"), 0);
}

Test(attributes, a_text_that_ends_anywhere_is_survived)
{
	static const char text[] = "int f() __attribute__((weak)) "
				   "__attribute__((alias(\"g\\\"h\"))) "
				   "__attribute__((cleanup(drop)))";

	for (size_t len = 0; len < sizeof(text); len++) {
		/* On the heap, so that a sanitizer sees a read past its end. */
		char *cut = strndup(text, len);

		parse(cut);
		free(cut);
	}
}

Test(attributes, a_name_that_is_too_long_is_cut)
{
	char text[1024] = "int f() __attribute__((alias(\"";
	struct attributes attributes;

	memset(text + strlen(text), 'x', 600);
	attributes = parse(text);
	cr_assert_eq(strlen(attributes.target), sizeof(attributes.target) - 1);
}
