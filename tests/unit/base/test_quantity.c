#include "tests/unit/suite.h"

#include <stddef.h>

#include "base/quantity.h"

START_TEST(quantities)
{
	static const struct {
		const char *text;
		bool valid;
		int64_t thousandths;
	} cases[] = {
		{ "1", true, 1000 },
		{ "500m", true, 500 },
		{ "0.5", true, 500 },
		{ ".5", true, 500 },
		{ "1.", true, 1000 },
		{ "1Ki", true, 1024000 },
		{ "1.5Gi", true, 1610612736000 },
		{ "10G", true, 10000000000000 },
		{ "2e3", true, 2000000 },
		{ "2E-3", true, 2 },
		{ "1E", false, 0 }, /* an exabyte in thousandths does not fit */
		{ "-5", true, -5000 },
		{ "0.0001", true, 1 }, /* Kubernetes rounds up */
		{ "", false, 0 },
		{ "Gi", false, 0 },
		{ "1gi", false, 0 },
		{ "1 Gi", false, 0 },
		{ "1e", false, 0 },
		{ "1e99", false, 0 },
		{ "1..2", false, 0 },
		{ "99999999999999999999999999999999999", false, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		int64_t value = 0;
		bool valid = quantity_parse(cases[i].text, &value);

		ck_assert_msg(valid == cases[i].valid, "\"%s\"", cases[i].text);
		if (valid)
			ck_assert_msg(value == cases[i].thousandths, "\"%s\" gave %lld", cases[i].text,
				      (long long)value);
	}
}
END_TEST

START_TEST(equal_by_value)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} cases[] = {
		{ "1Gi", "1024Mi", true }, { "1000m", "1", true }, { "2048Mi", "2Gi", true },
		{ "1G", "1Gi", false },    { "x", "x", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		ck_assert_msg(quantity_equal(cases[i].a, cases[i].b) == cases[i].equal, "%s and %s", cases[i].a,
			      cases[i].b);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { quantities, equal_by_value };

	return suite_run("quantity", tests, ARRAY_SIZE(tests));
}
