/* Which changes of a link reach the VM and the pod that are plugged into it. */
#include "render/objects/link_digest.h"

#include "base/text.h"
#include "tests/unit/render/outcome.h"

static const struct lab_lan_config lan = { .vxlan_group = "ff18::100", .default_device = "eth0" };
static const struct lab_lan_config other_lan = { .vxlan_group = "ff18::100", .default_device = "eth1" };

static void nothing(struct model *model)
{
	(void)model;
}

static void mtu(struct model *model)
{
	model->link.mtu = 9000;
}

static void other_driver(struct model *model)
{
	model->link.driver = LINK_OVN;
}

static void vlan(struct model *model)
{
	model->link.vlan = model->vm_interface.vlan = model->pod_interface.vlan = 30;
}

static void existing(struct model *model)
{
	model->link.driver = LINK_EXISTING;
	model->link.network = "campus";
}

static void pod_address(struct model *model)
{
	model->pod_addresses[0] = "10.0.0.9/24";
}

static void pod_gateway(struct model *model)
{
	model->pod_interface.gateway[0] = "10.0.0.1";
}

static void pod_memory(struct model *model)
{
	model->pod.memory = "1Gi";
}

static void vm_address(struct model *model)
{
	model->vm_addresses[0] = "10.0.0.9/24";
}

static void k8slan(struct model *model)
{
	model->lab.lan = &lan;
	model->link.driver = LINK_K8SLAN;
	model->link.vni = 7;
	model->link.end_count = 2;
	model->pod_interface.position = 1;
}

static void k8slan_device(struct model *model)
{
	k8slan(model);
	model->lab.lan = &other_lan;
}

static void k8slan_end(struct model *model)
{
	k8slan(model);
	model->link.end_count = 3;
}

static const struct digest_case {
	const char *name;
	void (*before)(struct model *model);
	void (*after)(struct model *model);
	bool vm, pod; /* gets another digest */
} cases[] = {
	{ "nothing", nothing, nothing, false, false },
	{ "the link's MTU", nothing, mtu, true, true },
	{ "the link's driver", nothing, other_driver, true, true },
	{ "the link's VLAN", nothing, vlan, true, true },
	{ "the pod's address", nothing, pod_address, false, true },
	{ "the pod's gateway", nothing, pod_gateway, false, true },
	{ "what is no matter of links", nothing, pod_memory, false, false },
	{ "the VM's address, which it has from its Secret", nothing, vm_address, false, false },
	{ "a link that is not ours any more", nothing, existing, true, true },
	{ "the LAN's device", k8slan, k8slan_device, true, true },
	{ "one more end of a LAN", k8slan, k8slan_end, true, true },
};

static char *digest_new(void (*change)(struct model *model), const char *kind, const char *name)
{
	cleanup(outcome) struct outcome outcome;
	struct model model;
	const char *digest;

	model_init(&model);
	change(&model);
	outcome_init(&outcome, &model);
	assert_good(&outcome);
	digest = json_text_at(object_find(&outcome, kind, name), "spec", "template", "metadata", "annotations",
			      ANNOTATION_LINKS_DIGEST, NULL);
	return string_copy(digest);
}

static void check(const struct digest_case *row, const char *kind, const char *name, bool wanted)
{
	cleanup(free) char *before = digest_new(row->before, kind, name);
	cleanup(free) char *after = digest_new(row->after, kind, name);

	ck_assert_ptr_nonnull(before);
	ck_assert_msg(text_equal(before, after) != wanted, "%s: %s %s -> %s", row->name, kind, before, after);
}

START_TEST(changes)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		check(&cases[i], "VirtualMachine", "l-r1", cases[i].vm);
		check(&cases[i], "Deployment", "l-p1", cases[i].pod);
	}
}
END_TEST

START_TEST(what_is_plugged_into_nothing_of_ours_has_none)
{
	cleanup(free) char *vm = digest_new(existing, "VirtualMachine", "l-r1");

	ck_assert_ptr_null(vm);
}
END_TEST

/* An attachment for each VLAN: a node's own counts, not those beside it. */
START_TEST(only_the_nodes_own_vlan_counts)
{
	const json_t *attachment;
	cleanup(json) json_t *one = json_pack("[[{s:s, s:{s:s}, s:{s:s}}]]", "kind", "NetworkAttachmentDefinition",
					      "metadata", "name", "l-net", "spec", "config", "{}");
	cleanup(json) json_t *two = json_deep_copy(one);
	char first[SHA256_TEXT_SIZE], second[SHA256_TEXT_SIZE];
	struct model model;

	model_init(&model);
	attachment = json_array_get(json_array_get(one, 0), 0);
	json_array_append_new(json_array_get(two, 0),
			      json_pack("{s:O, s:{s:s}, s:{s:s}}", "kind", json_object_get(attachment, "kind"),
					"metadata", "name", "l-net-vlan30", "spec", "config", "{\"vlan\":30}"));
	ck_assert_ptr_nonnull(link_digest(&model.lab, &model.nodes[MODEL_VM], one, NULL, first));
	ck_assert_ptr_nonnull(link_digest(&model.lab, &model.nodes[MODEL_VM], two, NULL, second));
	ck_assert_str_eq(first, second);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { changes, what_is_plugged_into_nothing_of_ours_has_none,
				 only_the_nodes_own_vlan_counts };

	return suite_run("link digest", tests, ARRAY_SIZE(tests));
}
