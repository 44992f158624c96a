#include "render/lab/address.h"

#include "render/lab/command_line.h"
#include "render/lab/macs.h"
#include "tests/unit/suite.h"

#include <string.h>

START_TEST(test_prefixes)
{
	static const struct {
		const char *text, *masked; /* NULL: refused */
	} cases[] = {
		{ "192.168.10.100/24", "192.168.10.0/24" },
		{ "10.1.2.3/32", "10.1.2.3/32" },
		{ "10.255.255.255/9", "10.128.0.0/9" },
		{ "0.0.0.0/0", "0.0.0.0/0" },
		{ "2001:BEEF::100/64", "2001:beef::/64" },
		{ "2001:db8::ffff/127", "2001:db8::fffe/127" },
		{ "::/0", "::/0" },
		{ "10.0.0.1", NULL },
		{ "10.0.0.1/", NULL },
		{ "10.0.0.1/33", NULL },
		{ "10.0.0.1/024", NULL },
		{ "10.0.0.1/+8", NULL },
		{ "10.0.0/8", NULL },
		{ "::1/129", NULL },
		{ "fe80::1%eth0/64", NULL },
		{ "/24", NULL },
		{ "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa/64", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct ip_prefix prefix;
		char text[IP_PREFIX_TEXT_SIZE];
		bool good = ip_prefix_parse(cases[i].text, &prefix);

		ck_assert_msg(good == (cases[i].masked != NULL), "%s: parsed %d", cases[i].text, good);
		if (!good)
			continue;
		ip_prefix_mask(&prefix);
		ck_assert_str_eq(ip_prefix_write(&prefix, text), cases[i].masked);
	}
}
END_TEST

START_TEST(test_unicast)
{
	static const struct {
		const char *text;
		bool unicast;
	} cases[] = {
		{ "10.0.0.1", true },         { "224.0.0.5", false },  { "239.1.1.1", false },
		{ "255.255.255.255", false }, { "0.0.0.0", false },    { "::", false },
		{ "ff02::5", false },         { "2001:db8::1", true }, { "fe80::1", true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct ip_address address;

		ck_assert(ip_address_parse(cases[i].text, &address));
		ck_assert_msg(ip_address_is_unicast(&address) == cases[i].unicast, "%s", cases[i].text);
	}
}
END_TEST

START_TEST(test_contains)
{
	static const struct {
		const char *prefix, *address;
		bool inside;
	} cases[] = {
		{ "192.168.10.100/24", "192.168.10.200", true },
		{ "192.168.10.100/24", "192.168.11.1", false },
		{ "10.0.0.0/9", "10.127.0.1", true },
		{ "10.0.0.0/9", "10.128.0.1", false },
		{ "0.0.0.0/0", "8.8.8.8", true },
		{ "0.0.0.0/0", "::1", false },
		{ "2001:db8::/33", "2001:db8:7fff::1", true },
		{ "2001:db8::/33", "2001:db8:8000::1", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct ip_prefix prefix;
		struct ip_address address;

		ck_assert(ip_prefix_parse(cases[i].prefix, &prefix));
		ck_assert(ip_address_parse(cases[i].address, &address));
		ck_assert_msg(ip_prefix_contains(&prefix, &address) == cases[i].inside, "%s in %s", cases[i].address,
			      cases[i].prefix);
	}
}
END_TEST

START_TEST(test_macs)
{
	static const struct {
		const char *text, *written; /* NULL: refused */
	} cases[] = {
		{ "32:20:22:99:99:01", "32:20:22:99:99:01" },
		{ "AA-bb-CC-dd-EE-0f", "aa:bb:cc:dd:ee:0f" },
		{ "32:20:22:99:99", NULL },
		{ "32:20:22:99:99:01:02", NULL },
		{ "32:20-22:99:99:01", NULL },
		{ "32:20:22:99:99:0g", NULL },
		{ "322022999901", NULL },
		{ "32.20.22.99.99.01", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		uint8_t mac[MAC_ADDRESS_SIZE];
		char text[MAC_ADDRESS_TEXT_SIZE];
		bool good = mac_parse(cases[i].text, mac);

		ck_assert_msg(good == (cases[i].written != NULL), "%s: parsed %d", cases[i].text, good);
		if (good)
			ck_assert_str_eq(mac_write(mac, text), cases[i].written);
	}
}
END_TEST

/* Asked twice for one identity, the set gives two addresses, and the first is always the same. */
START_TEST(test_generated_macs)
{
	cleanup(mac_set) struct mac_set set = MAC_SET_INIT, other = MAC_SET_INIT;
	uint8_t first[MAC_ADDRESS_SIZE], second[MAC_ADDRESS_SIZE], again[MAC_ADDRESS_SIZE];

	mac_set_init(&set, 2);
	mac_set_init(&other, 1);
	mac_set_generate(&set, "labs/ring/r1/a/0", first);
	mac_set_generate(&set, "labs/ring/r1/a/0", second);
	mac_set_generate(&other, "labs/ring/r1/a/0", again);
	ck_assert_mem_ne(first, second, sizeof(first));
	ck_assert_mem_eq(first, again, sizeof(first));
	ck_assert_uint_eq(first[0] & 3, 2);
}
END_TEST

START_TEST(test_command_lines)
{
	static const struct {
		const char *text;
		const char *words; /* joined by "|" */
		const char *wrong;
	} cases[] = {
		{ "", "", NULL },
		{ "  \t ", "", NULL },
		{ "sleep  infinity ", "sleep|infinity", NULL },
		{ "sh -c 'a \"b\" $c'", "sh|-c|a \"b\" $c", NULL },
		{ "a\"b c\"d '' \"\"", "ab cd||", NULL },
		{ "a\\ b \"q\\\"\\n\\\\\"", "a b|q\"\\n\\", NULL },
		{ "echo 'x", NULL, "a ' quote is not closed" },
		{ "echo \"x\\\"", NULL, "a \" quote is not closed" },
		{ "echo \\", NULL, "it ends with a backslash" },
		{ "a\\\nb", "ab", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(arena) struct arena arena = ARENA_INIT;
		struct command_line line;
		const char *wrong = command_line_split(&arena, cases[i].text, &line);
		char joined[200] = "";

		if (cases[i].wrong) {
			ck_assert_pstr_eq(wrong, cases[i].wrong);
			continue;
		}
		ck_assert_pstr_eq(wrong, NULL);
		for (size_t j = 0; j < line.count; j++) {
			strcat(joined, j ? "|" : "");
			strcat(joined, line.words[j]);
		}
		ck_assert_str_eq(joined, cases[i].words);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { test_prefixes, test_unicast,        test_contains,
				 test_macs,     test_generated_macs, test_command_lines };

	return suite_run("lab_address", tests, ARRAY_SIZE(tests));
}
