#include "../suite.h"
#include "yaml_check.h"

/* Each text is the one item of a list, to be told apart from an empty document. */
static void check_items(const struct yaml_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		cleanup(free) char *text = string_format("- %s\n", cases[i].text);
		cleanup(free) char *expected = string_format("[%s]", cases[i].expected);
		const struct yaml_case wrapped = { .name = cases[i].text, .text = text, .expected = expected };

		yaml_check(&wrapped, 1);
	}
}

START_TEST(words)
{
	static const char *const yes[] = { "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE", "y", "Y" };
	static const char *const no[] = {
		"no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE", "n", "N"
	};
	static const char *const nothing[] = { "", "~", "null", "Null", "NULL", "!!null", "!!null ''" };
	static const char *const text[] = { "yEs", "tRUE", "nULL", "None", "nan", "inf", "=" };

	for (size_t i = 0; i < ARRAY_SIZE(yes); i++)
		check_items(&(struct yaml_case){ .text = yes[i], .expected = "true" }, 1);
	for (size_t i = 0; i < ARRAY_SIZE(no); i++)
		check_items(&(struct yaml_case){ .text = no[i], .expected = "false" }, 1);
	for (size_t i = 0; i < ARRAY_SIZE(nothing); i++)
		check_items(&(struct yaml_case){ .text = nothing[i], .expected = "null" }, 1);
	for (size_t i = 0; i < ARRAY_SIZE(text); i++) {
		cleanup(free) char *expected = string_format("\"%s\"", text[i]);

		check_items(&(struct yaml_case){ .text = text[i], .expected = expected }, 1);
	}
}
END_TEST

START_TEST(numbers)
{
	static const struct yaml_case cases[] = {
		{ NULL, "0", "0" },
		{ NULL, "-0", "0" },
		{ NULL, "+12", "12" },
		{ NULL, "1_000", "1000" },
		{ NULL, "1__0_", "10" },
		{ NULL, "0777", "511" },
		{ NULL, "-0777", "-511" },
		{ NULL, "0o777", "511" },
		{ NULL, "0x1F", "31" },
		{ NULL, "-0x1f", "-31" },
		{ NULL, "0xdead_beef", "3735928559" },
		{ NULL, "0b101", "5" },
		{ NULL, "-0b101", "-5" },
		{ NULL, "9223372036854775807", "9223372036854775807" },
		{ NULL, "-9223372036854775808", "-9223372036854775808" },
		{ NULL, "9223372036854775808", "9.2233720368547758e18" },
		{ NULL, "-9223372036854775809", "-9.2233720368547758e18" },
		{ NULL, "18446744073709551616", "1.8446744073709552e19" },
		{ NULL, "0xFFFFFFFFFFFFFFFF", "1.8446744073709552e19" },
		{ NULL, "1.5", "1.5" },
		{ NULL, ".5", "0.5" },
		{ NULL, "-.5", "-0.5" },
		{ NULL, "1.", "1" },
		{ NULL, "1.0", "1" },
		{ NULL, "1e3", "1000" },
		{ NULL, "1_0.5", "10.5" },
		{ NULL, "1e+20", "1e20" },
		{ NULL, "09", "9" },
		{ NULL, "-0.0", "0" },
		{ NULL, ".5_0", "0.5" },
		{ NULL, "+_5", "5" },
		{ NULL, "0x8000000000000000", "9.2233720368547758e18" },
		{ NULL, "08.5", "8.5" },
	};

	check_items(cases, ARRAY_SIZE(cases));
}
END_TEST

START_TEST(what_is_no_number)
{
	static const char *const texts[] = {
		"12:20:22:00:00:01",
		"190:20:30",
		"1:30.5",
		"2026-01-01",
		"2001-12-14t21:59:43.10-05:00",
		"10.0.0.1",
		"1e",
		"e1",
		"0x",
		"0xg",
		"0b2",
		"0o8",
		"_1",
		"1e999",
		"0x1p3",
		"1Gi",
		"500m",
		"--1",
		"+",
		".",
		"..",
		"1 2",
		"Infinity",
		"1,000",
		"._5",
		".5_",
		"0xfffffffffffffffff",
		"-0x8000000000000001",
		"1.2.3",
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		cleanup(free) char *expected = string_format("\"%s\"", texts[i]);

		check_items(&(struct yaml_case){ .text = texts[i], .expected = expected }, 1);
	}
}
END_TEST

START_TEST(tags)
{
	static const struct yaml_case cases[] = {
		{ NULL, "!!str 1", "\"1\"" },
		{ NULL, "!!str", "\"\"" },
		{ NULL, "!!str yes", "\"yes\"" },
		{ NULL, "!!int \"12\"", "12" },
		{ NULL, "!!int 0x10", "16" },
		{ NULL, "!!float 1", "1" },
		{ NULL, "!!float 1.5", "1.5" },
		{ NULL, "!!bool \"yes\"", "true" },
		{ NULL, "!<tag:yaml.org,2002:str> 1", "\"1\"" },
		{ NULL, "!!binary aGVsbG8=", "\"hello\"" },
		{ NULL, "!!binary |\n  aGVs\n  bG8=\n", "\"hello\"" },
		{ NULL, "!!seq [1]", "[1]" },
		{ NULL, "!!map {a: 1}", "{\"a\":1}" },
		{ NULL, "\"1\"", "\"1\"" },
		{ NULL, "'yes'", "\"yes\"" },
	};

	check_items(cases, ARRAY_SIZE(cases));
}
END_TEST

START_TEST(keys)
{
	static const struct yaml_case cases[] = {
		{ "integer", "1: a\n", "{\"1\":\"a\"}" },
		{ "hexadecimal", "0x10: a\n", "{\"16\":\"a\"}" },
		{ "boolean", "yes: a\noff: b\n", "{\"false\":\"b\",\"true\":\"a\"}" },
		{ "y is a boolean, as Kubernetes reads it", "{x: 1, y: 2}\n", "{\"true\":2,\"x\":1}" },
		{ "real", "1.50: a\n0.1: b\n", "{\"0.1\":\"b\",\"1.5\":\"a\"}" },
		{ "whole real", "1.0: a\n", "{\"1\":\"a\"}" },
		{ "large real", "1e6: a\n1e5: b\n", "{\"100000\":\"b\",\"1e+06\":\"a\"}" },
		{ "small real", "1e-4: a\n1e-5: b\n", "{\"0.0001\":\"a\",\"1e-05\":\"b\"}" },
		{ "quoted", "'1': a\n", "{\"1\":\"a\"}" },
		{ "tagged", "!!str 0x1: a\n", "{\"0x1\":\"a\"}" },
		{ "MAC", "12:20:22:00:00:01: a\n", "{\"12:20:22:00:00:01\":\"a\"}" },
	};

	yaml_check(cases, ARRAY_SIZE(cases));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { words, numbers, what_is_no_number, tags, keys };

	return suite_run("yaml scalar", tests, ARRAY_SIZE(tests));
}
