#include "tests/unit/suite.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"

START_TEST(dns_labels)
{
	static const struct {
		const char *text;
		bool is_label;
	} cases[] = {
		{ "a", true },
		{ "r1", true },
		{ "a-b", true },
		{ "", false },
		{ "-a", false },
		{ "a-", false },
		{ "A", false },
		{ "a.b", false },
		{ "a_b", false },
		{ "1a", true },
		{ "\xc3\xa4", false },
		{ "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij123", true },
		{ "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij1234", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		ck_assert_msg(text_is_dns_label(cases[i].text) == cases[i].is_label, "\"%s\"", cases[i].text);
}
END_TEST

START_TEST(nearest_is_near)
{
	static const char *const known[] = { "image", "diskSize", "cpu", "memory", NULL };
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{ "imgae", "image" }, { "disksize", "diskSize" }, { "cpus", "cpu" }, { "foo", NULL }, { "x", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *found = text_nearest(cases[i].text, known);

		ck_assert_msg(text_equal(found, cases[i].expected), "%s gave %s", cases[i].text,
			      found ? found : "nothing");
	}
}
END_TEST

START_TEST(ends_and_starts)
{
	ck_assert(text_starts_with("file:///x", "file://"));
	ck_assert(!text_starts_with("fil", "file://"));
	ck_assert(text_ends_with("main.lock", ".lock"));
	ck_assert(!text_ends_with("ck", ".lock"));
	ck_assert(text_equal(NULL, NULL));
	ck_assert(!text_equal(NULL, ""));
}
END_TEST

START_TEST(control_characters_cannot_steer_a_terminal)
{
	cleanup(free) char *line = text_printable("a\x1b[31m\nb\x7f", TEXT_ONE_LINE);
	cleanup(free) char *lines = text_printable("a\r\nb", TEXT_KEEP_LINES);

	ck_assert_str_eq(line, "a?[31m b?");
	ck_assert_str_eq(lines, "a?\nb");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { dns_labels, nearest_is_near, ends_and_starts,
				       control_characters_cannot_steer_a_terminal };

	return suite_run("text", tests, ARRAY_SIZE(tests));
}
