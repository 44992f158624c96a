#include "render/objects/password.h"

#include <crypt.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "tests/unit/suite.h"

START_TEST(a_guest_accepts_it)
{
	static const char *const samples[] = { "lab123", "", "with space", "a: #'\"$6$", "p\xc3\xa4ss" };
	cleanup(passwords) struct passwords passwords = PASSWORDS_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(free) struct crypt_data *data = memory_new(sizeof(*data));

	for (size_t i = 0; i < ARRAY_SIZE(samples); i++) {
		const char *hash = passwords_hash(&passwords, "n", "lab", samples[i], &err);

		ck_assert_msg(hash != NULL, "%s: %s", samples[i], err.message);
		ck_assert_msg(text_starts_with(hash, "$6$"), "%s", hash);
		ck_assert_str_eq(crypt_rn(samples[i], hash, data, sizeof(*data)), hash);
		ck_assert_str_ne(crypt_rn("another", hash, data, sizeof(*data)), hash);
	}
}
END_TEST

START_TEST(it_is_the_same_at_every_render)
{
	cleanup(passwords) struct passwords first = PASSWORDS_INIT, second = PASSWORDS_INIT;
	cleanup(error) struct error err = ERROR_INIT;

	ck_assert_str_eq(passwords_hash(&first, "n", "lab", "lab123", &err),
			 passwords_hash(&second, "n", "lab", "lab123", &err));
}
END_TEST

START_TEST(it_differs_by_namespace_user_and_password)
{
	static const char *const samples[][3] = { { "n", "lab", "lab123" },
						  { "m", "lab", "lab123" },
						  { "n", "admin", "lab123" },
						  { "n", "lab", "lab124" } };
	cleanup(passwords) struct passwords passwords = PASSWORDS_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	const char *hashes[ARRAY_SIZE(samples)];

	for (size_t i = 0; i < ARRAY_SIZE(samples); i++) {
		hashes[i] = passwords_hash(&passwords, samples[i][0], samples[i][1], samples[i][2], &err);
		for (size_t j = 0; j < i; j++)
			ck_assert_str_ne(hashes[i], hashes[j]);
	}
}
END_TEST

START_TEST(one_that_is_too_long_is_an_error)
{
	cleanup(passwords) struct passwords passwords = PASSWORDS_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	char password[CRYPT_MAX_PASSPHRASE_SIZE + 1];

	memset(password, 'x', sizeof(password) - 1);
	password[sizeof(password) - 1] = '\0';
	ck_assert_ptr_null(passwords_hash(&passwords, "n", "lab", password, &err));
	ck_assert_int_eq(err.code, ERROR_INVALID);
	ck_assert_ptr_null(strstr(err.message, "xxx")); /* a message holds no password */
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		a_guest_accepts_it,
		it_is_the_same_at_every_render,
		it_differs_by_namespace_user_and_password,
		one_that_is_too_long_is_an_error,
	};

	return suite_run("password", tests, ARRAY_SIZE(tests));
}
