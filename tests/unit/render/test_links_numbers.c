/* Address arithmetic, and the VNIs of links of driver k8slan. */
#include <sys/socket.h>

#include "render/lab/address.h"
#include "render/lab/lan_numbers.h"

#include "tests/unit/render/links_check.h"
#include "tests/unit/suite.h"

static struct ip_prefix prefix_of(const char *text)
{
	struct ip_prefix prefix;

	ck_assert_msg(ip_prefix_parse(text, &prefix), "%s", text);
	return prefix;
}

START_TEST(test_advance)
{
	static const struct {
		const char *given;
		size_t count;
		const char *expected; /* NULL: there is no room */
	} cases[] = {
		{ "10.0.0.1/24", 0, "10.0.0.1/24" },
		{ "10.0.0.1/24", 254, "10.0.0.255/24" },
		{ "10.0.0.1/24", 255, NULL },
		{ "10.0.0.255/16", 1, "10.0.1.0/16" },
		{ "255.255.255.255/0", 1, NULL },
		{ "10.0.0.1/32", 1, NULL },
		{ "fd00::ffff:ffff/64", 1, "fd00::1:0:0/64" },
		{ "fd00::ffff:ffff:ffff:ffff/64", 1, NULL },
		{ "fd00::/64", (size_t)1 << 40, "fd00::100:0:0/64" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct ip_prefix prefix = prefix_of(cases[i].given);
		bool fits = ip_prefix_advance(&prefix, cases[i].count);
		char text[IP_PREFIX_TEXT_SIZE];

		ck_assert_msg(fits == (cases[i].expected != NULL), "%s + %zu", cases[i].given, cases[i].count);
		if (fits)
			ck_assert_str_eq(ip_prefix_write(&prefix, text), cases[i].expected);
	}
}
END_TEST

START_TEST(test_hosts)
{
	static const struct {
		const char *text;
		enum ip_host host;
	} cases[] = {
		{ "10.0.0.0/24", IP_HOST_NETWORK },        { "10.0.0.255/24", IP_HOST_BROADCAST },
		{ "10.0.0.255/16", IP_HOST_USABLE },       { "10.0.0.1/24", IP_HOST_USABLE },
		{ "10.0.0.4/30", IP_HOST_NETWORK },        { "10.0.0.7/30", IP_HOST_BROADCAST },
		{ "10.0.0.4/31", IP_HOST_USABLE },         { "10.0.0.5/31", IP_HOST_USABLE },
		{ "10.0.0.0/32", IP_HOST_USABLE },         { "fd00::/64", IP_HOST_USABLE },
		{ "10.127.255.255/9", IP_HOST_BROADCAST },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct ip_prefix prefix = prefix_of(cases[i].text);

		ck_assert_msg(ip_prefix_host(&prefix) == cases[i].host, "%s", cases[i].text);
	}
}
END_TEST

START_TEST(test_overlaps)
{
	static const struct {
		const char *a, *b;
		bool overlap;
	} cases[] = {
		{ "10.0.0.1/24", "10.0.0.2/24", true }, { "10.0.0.1/24", "10.0.1.1/24", false },
		{ "10.0.0.1/8", "10.9.0.1/16", true },  { "10.0.0.1/32", "10.0.0.2/32", false },
		{ "fd00::1/64", "10.0.0.1/0", false },  { "fd00::1/64", "fd00::1:0:0:0:1/64", false },
		{ "fd00::1/64", "fd00::2/128", true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct ip_prefix a = prefix_of(cases[i].a), b = prefix_of(cases[i].b);

		ck_assert_msg(ip_prefix_overlaps(&a, &b) == cases[i].overlap, "%s %s", cases[i].a, cases[i].b);
		ck_assert_msg(ip_prefix_overlaps(&b, &a) == cases[i].overlap, "%s %s", cases[i].b, cases[i].a);
	}
	ck_assert_str_eq(ip_family_name(AF_INET), "IPv4");
	ck_assert_str_eq(ip_family_name(AF_INET6), "IPv6");
}
END_TEST

enum { LABS = 3, LINKS = 4 };

/* Labs "l0" to "l2", each with links "a" to "d" of driver k8slan. */
struct source {
	struct lab labs[LABS], *pointers[LABS];
	struct lab_link links[LABS][LINKS];
	char names[LABS][LINKS][16];
	struct lab_lan_config lan;
	struct diagnostics diagnostics;
};

static void source_cleanup(struct source *source)
{
	diagnostics_deinit(&source->diagnostics);
}

static void source_init(struct source *source)
{
	static const char *const labs[] = { "l0", "l1", "l2" }, *const links[] = { "a", "b", "c", "d" };
	static const char *const paths[] = { "l0.yaml", "l1.yaml", "l2.yaml" };

	*source = (struct source){ .lan = { .vxlan_group = "ff18::100", .default_device = "eth0" } };
	for (size_t i = 0; i < LABS; i++) {
		source->labs[i] = (struct lab){ .name = labs[i],
						.namespace_name = "labs",
						.path = paths[i],
						.valid = true,
						.lan = &source->lan,
						.links = source->links[i],
						.link_count = LINKS };
		source->pointers[i] = &source->labs[i];
		for (size_t j = 0; j < LINKS; j++) {
			snprintf(source->names[i][j], sizeof(source->names[i][j]), "%s-%s", labs[i], links[j]);
			source->links[i][j] = (struct lab_link){ .name = links[j],
								 .object_name = source->names[i][j],
								 .driver = LINK_K8SLAN,
								 .line = j + 5,
								 .column = 3 };
		}
	}
}

static char *source_lines_new(const struct source *source)
{
	struct buffer out = BUFFER_INIT;

	for (size_t i = 0; i < source->diagnostics.count; i++) {
		if (i)
			buffer_append_char(&out, '\n');
		diagnostic_write(&source->diagnostics.items[i], &out);
	}
	return buffer_steal(&out);
}

/* The number of labs that are valid after it. */
static size_t source_valid(const struct source *source)
{
	size_t count = 0;

	for (size_t i = 0; i < LABS; i++)
		count += source->labs[i].valid;
	return count;
}

START_TEST(test_numbers_are_the_same_in_any_order)
{
	cleanup(source) struct source one, other;

	source_init(&one);
	source_init(&other);
	other.pointers[0] = &other.labs[2];
	other.pointers[2] = &other.labs[0];
	lan_numbers_assign(one.pointers, LABS, &one.diagnostics);
	lan_numbers_assign(other.pointers, LABS, &other.diagnostics);
	ck_assert_uint_eq(one.diagnostics.count, 0);
	for (size_t i = 0; i < LABS; i++)
		for (size_t j = 0; j < LINKS; j++) {
			ck_assert_int_ge(one.links[i][j].vni, LAN_NUMBER_FIRST);
			ck_assert_int_le(one.links[i][j].vni, LAN_NUMBER_LAST);
			ck_assert_int_eq(one.links[i][j].vni, other.links[i][j].vni);
		}
}
END_TEST

/* As many numbers as links: all but the first must give way to another, and each number is given once. */
START_TEST(test_numbers_collide)
{
	cleanup(source) struct source one, other;
	bool seen[LABS * LINKS] = { false };

	source_init(&one);
	source_init(&other);
	lan_numbers_assign_between(one.pointers, LABS, 100, 100 + LABS * LINKS - 1, &one.diagnostics);
	lan_numbers_assign_between(other.pointers, LABS, 100, 100 + LABS * LINKS - 1, &other.diagnostics);
	ck_assert_uint_eq(one.diagnostics.count, 0);
	for (size_t i = 0; i < LABS; i++)
		for (size_t j = 0; j < LINKS; j++) {
			int64_t at = one.links[i][j].vni - 100;

			ck_assert(at >= 0 && at < LABS * LINKS);
			ck_assert(!seen[at]);
			seen[at] = true;
			ck_assert_int_eq(one.links[i][j].vni, other.links[i][j].vni);
		}
}
END_TEST

START_TEST(test_numbers_run_out)
{
	cleanup(source) struct source source;
	cleanup(free) char *lines = NULL;

	source_init(&source);
	lan_numbers_assign_between(source.pointers, LABS, 100, 100 + LABS * LINKS - 2, &source.diagnostics);
	lines = source_lines_new(&source);
	ck_assert_str_eq(lines,
			 "l2.yaml:8:3: error: no VNI from 100 to 110 is left for link \"d\"; remove links of driver "
			 "k8slan");
	ck_assert_uint_eq(source_valid(&source), 2);
}
END_TEST

/* A pinned number is no one else's, wherever it stands. */
START_TEST(test_numbers_are_pinned)
{
	cleanup(source) struct source source;

	source_init(&source);
	source.links[2][3].vni = 100;
	source.links[1][0].vni = 7;
	lan_numbers_assign_between(source.pointers, LABS, 100, 100 + LABS * LINKS - 2, &source.diagnostics);
	ck_assert_uint_eq(source.diagnostics.count, 0);
	ck_assert_int_eq(source.links[2][3].vni, 100);
	ck_assert_int_eq(source.links[1][0].vni, 7);
	for (size_t i = 0; i < LABS; i++)
		for (size_t j = 0; j < LINKS; j++)
			ck_assert(source.links[i][j].vni != 100 || (i == 2 && j == 3));
}
END_TEST

START_TEST(test_numbers_pinned_twice)
{
	cleanup(source) struct source source;
	cleanup(free) char *lines = NULL;

	source_init(&source);
	source.links[0][1].vni = source.links[2][0].vni = 7;
	lan_numbers_assign(source.pointers, LABS, &source.diagnostics);
	lines = source_lines_new(&source);
	ck_assert_str_eq(lines,
			 "l2.yaml:5:3: error: link \"a\" of lab \"l2\" has vni 7, which link \"b\" of lab \"l0\" at "
			 "l0.yaml:6:3 has too; change one, or leave it to labsync");
	ck_assert_uint_eq(source_valid(&source), 1);
	ck_assert(source.labs[1].valid);
}
END_TEST

START_TEST(test_one_name_in_two_namespaces)
{
	cleanup(source) struct source source;
	cleanup(free) char *lines = NULL;

	source_init(&source);
	source.labs[1].namespace_name = "others";
	source.links[1][2].object_name = "l0-a";
	lan_numbers_assign(source.pointers, LABS, &source.diagnostics);
	lines = source_lines_new(&source);
	ck_assert_str_eq(lines,
			 "l1.yaml:7:3: error: link \"c\" of lab \"l1\" makes the LAN \"l0-a\", as does link \"a\" of "
			 "lab \"l0\" in namespace \"labs\" at l0.yaml:5:3; k8slan tells LANs apart by their names "
			 "alone, rename one");
	ck_assert_uint_eq(source_valid(&source), 1);
}
END_TEST

START_TEST(test_workers_are_unknown)
{
	cleanup(source) struct source source;
	cleanup(free) char *lines = NULL;
	static const char *const keys[] = { "worker-1" };
	static const void *const values[] = { "eth1" };
	struct value_map devices = { .count = 1, .keys = keys, .values = values };
	struct lab_lan_config mapped = { .vxlan_group = "ff18::100", .devices = &devices };

	source_init(&source);
	source.labs[0].lan = NULL;
	source.labs[0].link_count = 2;
	source.labs[1].lan = &mapped;
	lan_numbers_assign(source.pointers, LABS, &source.diagnostics);
	lines = source_lines_new(&source);
	ck_assert_str_eq(lines,
			 "l0.yaml:5:3: error: link \"a\" uses driver k8slan, but nothing says over which device the "
			 "workers reach each other; set spec.defaultVxlanDev or spec.vxlanDevMap in a KNLConfig "
			 "named knlcfg");
	ck_assert(!source.labs[0].valid);
	ck_assert_uint_eq(source_valid(&source), 2);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { test_advance,
				 test_hosts,
				 test_overlaps,
				 test_numbers_are_the_same_in_any_order,
				 test_numbers_collide,
				 test_numbers_run_out,
				 test_numbers_are_pinned,
				 test_numbers_pinned_twice,
				 test_one_name_in_two_namespaces,
				 test_workers_are_unknown };

	return suite_run("links numbers", tests, ARRAY_SIZE(tests));
}
