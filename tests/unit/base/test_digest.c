#include "tests/unit/suite.h"

#include <string.h>

#include "base/digest.h"
#include "base/memory.h"

START_TEST(sha256_of_the_standard_example)
{
	char text[SHA256_TEXT_SIZE];

	/* FIPS 180-2, appendix B.1 */
	ck_assert_str_eq(sha256_text("abc", 3, text),
			 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
END_TEST

START_TEST(uuids_are_stable_and_of_version_5)
{
	char a[UUID_TEXT_SIZE], b[UUID_TEXT_SIZE];

	ck_assert_str_eq(uuid_from_name("x/y", a), uuid_from_name("x/y", b));
	ck_assert_str_ne(a, uuid_from_name("x/z", b));
	ck_assert_uint_eq(strlen(a), 36);
	ck_assert_int_eq(a[14], '5');
	ck_assert(strchr("89ab", a[19]) != NULL);
}
END_TEST

START_TEST(base64_both_ways)
{
	/* RFC 4648 section 10 */
	static const struct {
		const char *plain, *encoded;
	} cases[] = {
		{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foobar", "Zm9vYmFy" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(free) char *encoded = base64_new(cases[i].plain, strlen(cases[i].plain));
		size_t length = 99;
		cleanup(free) uint8_t *decoded = base64_decode_new(cases[i].encoded, &length);

		ck_assert_str_eq(encoded, cases[i].encoded);
		ck_assert_ptr_nonnull(decoded);
		ck_assert_uint_eq(length, strlen(cases[i].plain));
		ck_assert_mem_eq(decoded, cases[i].plain, length);
	}
}
END_TEST

START_TEST(what_is_no_base64_is_refused)
{
	static const char *const cases[] = { "Zg=", "Z", "Zg==x", "Z!==" };
	size_t length;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(free) uint8_t *decoded = base64_decode_new(cases[i], &length);

		ck_assert_msg(decoded == NULL, "%s", cases[i]);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { sha256_of_the_standard_example, uuids_are_stable_and_of_version_5,
				       base64_both_ways, what_is_no_base64_is_refused };

	return suite_run("digest", tests, ARRAY_SIZE(tests));
}
