#include "render/lab/object_names.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "tests/unit/render/model.h"
#include "tests/unit/suite.h"

START_TEST(joins_what_fits)
{
	cleanup(free) char *name = name_join_new("lab-node", "root");

	ck_assert_str_eq(name, "lab-node-root");
}
END_TEST

START_TEST(shortens_what_does_not_fit)
{
	/* 63 characters each, alike but for the last one. */
	const char *a = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	const char *b = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";
	cleanup(free) char *first = name_join_new(a, "root");
	cleanup(free) char *again = name_join_new(a, "root");
	cleanup(free) char *other_suffix = name_join_new(a, "init");
	cleanup(free) char *other_base = name_join_new(b, "root");

	ck_assert_msg(text_is_dns_label(first), "%s", first);
	ck_assert_uint_eq(strlen(first), NAME_MAX_LENGTH);
	ck_assert_str_eq(first, again);
	ck_assert_str_ne(first, other_suffix);
	ck_assert_str_ne(first, other_base);
}
END_TEST

START_TEST(a_shortened_name_has_no_two_dashes)
{
	/* The cut falls on the dashes. */
	cleanup(free) char *name =
		name_join_new("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-----bbbbbbbbb", "root");

	ck_assert_msg(text_is_dns_label(name), "%s", name);
	ck_assert_ptr_null(strstr(name, "--"));
}
END_TEST

START_TEST(a_bridge_is_one_link_of_one_lab)
{
	char name[BRIDGE_NAME_SIZE], other[BRIDGE_NAME_SIZE];
	struct model model;

	model_init(&model);
	name_bridge(&model.lab, &model.link, name);
	ck_assert_uint_eq(strlen(name), 12);
	ck_assert(text_starts_with(name, "ls"));
	ck_assert_str_eq(name_bridge(&model.lab, &model.link, other), name);
	model.lab.namespace_name = "elsewhere";
	ck_assert_str_ne(name_bridge(&model.lab, &model.link, other), name);
	model_init(&model);
	model.lab.name = "m";
	ck_assert_str_ne(name_bridge(&model.lab, &model.link, other), name);
	model_init(&model);
	model.link.name = "net2";
	ck_assert_str_ne(name_bridge(&model.lab, &model.link, other), name);
}
END_TEST

START_TEST(the_pod_network_gives_way_to_a_link)
{
	struct lab_interface interfaces[] = { { .name = "default" }, { .name = "default-pod-1" } };
	struct lab_node node = { .interfaces = interfaces };
	static const char *const wanted[] = { "default", "default-pod-1", "default-pod-2" };

	for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
		cleanup(free) char *name = NULL;

		node.interface_count = i;
		name = name_pod_network_new(&node);
		ck_assert_str_eq(name, wanted[i]);
	}
}
END_TEST

START_TEST(the_pod_mac_is_the_nodes_own)
{
	char mac[MAC_TEXT_SIZE], other[MAC_TEXT_SIZE];
	struct model model;

	model_init(&model);
	name_pod_mac(&model.lab, &model.nodes[MODEL_VM], mac);
	ck_assert_uint_eq(strlen(mac), 17);
	ck_assert(text_starts_with(mac, "02:"));
	ck_assert_str_eq(name_pod_mac(&model.lab, &model.nodes[MODEL_VM], other), mac);
	ck_assert_str_ne(name_pod_mac(&model.lab, &model.nodes[MODEL_POD], other), mac);
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		joins_what_fits,
		shortens_what_does_not_fit,
		a_shortened_name_has_no_two_dashes,
		a_bridge_is_one_link_of_one_lab,
		the_pod_network_gives_way_to_a_link,
		the_pod_mac_is_the_nodes_own,
	};

	return suite_run("naming", tests, ARRAY_SIZE(tests));
}
