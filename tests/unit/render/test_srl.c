/* SR Linux: what is taken and refused, and what it becomes. */
#include "render/lab/srl_fields.h"

#include "base/json.h"
#include "render/lab/srl_chassis.h"
#include "render/objects/srl.h"
#include "render/yaml/yaml.h"
#include "tests/unit/render/settings_check.h"
#include "tests/unit/suite.h"

static const struct lab_srl *srl_read(struct settings_reading *reading, const char *text)
{
	const struct place place = { "labs/node.yaml", 1, 1 };
	const struct lab_srl *srl;

	settings_reading_init(reading);
	srl = settings_overlay(reading, &srl_type, "srl", &srl_built_in, LAYER_NODE, text);
	return srl_settle(&reading->reader, "r1", &place, srl, reading->reader.errors == 0);
}

static const struct {
	const char *name, *text, *expected;
} refusals[] = {
	{ "no image", "{}",
	  "1:1: error: node \"r1\" has no image; set it in the node, in spec.defaults.srl.image of the Lab, or in "
	  "spec.defaultNode.srl.image of a KNLConfig named knlcfg" },
	{ "image with a scheme", "image: docker://ghcr.io/nokia/srlinux",
	  "1:8: error: image of srl is a plain reference like ghcr.io/nokia/srlinux:25.3.1; remove what stands up to "
	  "://" },
	{ "near chassis", "image: a\nchassis: ixr-d3",
	  "2:10: error: chassis \"ixr-d3\" is not known; did you mean \"ixr-d3l\"?" },
	{ "chassis far from all", "image: a\nchassis: catalyst",
	  "2:10: error: chassis \"catalyst\" is not known; use ixr-d1, ixr-d2l, ixr-d3l, ixr-d5, ixr-h2, ixr-h3, "
	  "ixr-6e, "
	  "ixr-10e, ixr-18e, ixr-x1b, ixr-x3b, ixr-h5-32d, sxr-1d-32d or ixs-a1, or six fields, "
	  "\"type-baseMAC-cpm-slot-card-mda\"" },
	{ "too few fields", "image: a\nchassis: 73-188-1-188-202",
	  "2:10: error: chassis \"73-188-1-188-202\" has 5 fields; write a name like ixr-d3l, or six fields, "
	  "\"type-baseMAC-cpm-slot-card-mda\"" },
	{ "base MAC", "image: a\nchassis: 73-fa:fa:00:00:00-188-1-188-202",
	  "2:13: error: chassis: the base MAC is no unicast address; write it like fa:fa:01:00:00:00" },
	{ "multicast base MAC", "image: a\nchassis: 73-01:fa:00:00:00:00-188-1-188-202",
	  "2:13: error: chassis: the base MAC is no unicast address; write it like fa:fa:01:00:00:00" },
	{ "card", "image: a\nchassis: 73-fa:fa:00:00:00:00-188-1-x-202",
	  "2:37: error: chassis: the line card type must be a number from 1 to 9999" },
	{ "slot", "image: a\nchassis: 73-fa:fa:00:00:00:00-188-33-188-202",
	  "2:35: error: chassis: the slot must be a number from 1 to 32" },
	{ "license", "image: a\nlicense: My_License",
	  "2:10: error: license \"My_License\" is no name of a Kubernetes object; use lower-case letters, digits, "
	  "\"-\" "
	  "and \".\", with a letter or digit at both ends" },
	{ "memory", "image: a\nmemory: 4100m",
	  "2:9: error: memory is \"4100m\", which is not a whole number of bytes; write it like 512Mi" },
	{ "unknown field", "image: a\nlicence: x",
	  "2:1: error: unknown field \"licence\" in srl; did you mean \"license\"?" },
};

START_TEST(mistakes_are_told_where_they_are)
{
	for (size_t i = 0; i < ARRAY_SIZE(refusals); i++) {
		cleanup(settings_reading) struct settings_reading reading;
		cleanup(free) char *expected = string_format("labs/node.yaml:%s\n", refusals[i].expected);
		cleanup(free) char *lines = NULL;

		srl_read(&reading, refusals[i].text);
		lines = settings_reading_lines_new(&reading);
		ck_assert_msg(strcmp(lines, expected) == 0, "%s:\n  expected %s  got      %s", refusals[i].name,
			      expected, lines);
	}
}
END_TEST

START_TEST(built_in_values_are_those_of_knl)
{
	cleanup(settings_reading) struct settings_reading reading;
	const struct lab_srl *srl = srl_read(&reading, "image: ghcr.io/nokia/srlinux");

	ck_assert_uint_eq(reading.diagnostics.count, 0);
	ck_assert_str_eq(srl->chassis, "ixr-d3l");
	ck_assert_str_eq(srl->memory, "4Gi");
	ck_assert(srl->license == NULL && srl->cpu == NULL);
}
END_TEST

START_TEST(a_chassis_is_a_name_or_six_fields)
{
	struct srl_chassis chassis;

	ck_assert(srl_chassis_parse("IXR-18E", &chassis));
	ck_assert_int_eq(chassis.chassis_type, 70);
	ck_assert_int_eq(chassis.cpm_card_type, 184);
	ck_assert_int_eq(chassis.slot, 1);
	ck_assert_int_eq(chassis.card_type, 24);
	ck_assert_int_eq(chassis.mda_type, 11);
	ck_assert_str_eq(chassis.base_mac, "");
	ck_assert(srl_chassis_parse("42-02:AB:00:00:00:00-69-2-127-36", &chassis));
	ck_assert_int_eq(chassis.chassis_type, 42);
	ck_assert_int_eq(chassis.slot, 2);
	ck_assert_int_eq(chassis.mda_type, 36);
	ck_assert_str_eq(chassis.base_mac, "02:ab:00:00:00:00");
	ck_assert(!srl_chassis_parse("", &chassis));
	ck_assert(!srl_chassis_parse("42-02:AB:00:00:00:00-69-2-127-36-", &chassis));
}
END_TEST

START_TEST(licensed_types_are_told_what_to_use_instead)
{
	static const char *const licensed[] = { "srsim", "vsim", "vsri", "magc" };

	for (size_t i = 0; i < ARRAY_SIZE(licensed); i++)
		ck_assert_ptr_nonnull(strstr(node_type_substitute(licensed[i]), "licence"));
	ck_assert_ptr_null(node_type_substitute("srl"));
	ck_assert_ptr_null(node_type_substitute("vm"));
}
END_TEST

struct router {
	struct lab lab;
	struct lab_srl srl;
	struct lab_node nodes[2];
	json_t *objects;
};

static void router_cleanup(struct router *router)
{
	json_decref(router->objects);
}

/* A lab of routers; no objects yet. */
static void router_make(struct router *router)
{
	router->lab = (struct lab){ .name = "l",
				    .namespace_name = "n",
				    .path = "labs/l.yaml",
				    .storage_class = "fast",
				    .nodes = router->nodes,
				    .node_count = ARRAY_SIZE(router->nodes) };
	for (size_t i = 0; i < ARRAY_SIZE(router->nodes); i++)
		router->nodes[i] = (struct lab_node){
			.name = "r1", .object_name = "l-r1", .type = NODE_SRL, .srl = &router->srl
		};
	json_decref(router->objects);
	router->objects = json_array();
}

/* Renders the node at `index` of a lab of routers. */
static void router_render(struct router *router, size_t index)
{
	router_make(router);
	srl_add_objects(&router->lab, &router->nodes[index], router->objects);
}

static void assert_json(const json_t *value, const char *wanted)
{
	cleanup(free) char *text = json_text_new(value);

	ck_assert_str_eq(text, wanted);
}

static const char *topology_text(const struct router *router)
{
	return json_text_at(json_array_get(router->objects, 1), "data", "topology.yml", NULL);
}

START_TEST(a_router_is_a_claim_its_topology_and_a_deployment)
{
	static const char *const kinds[] = { "PersistentVolumeClaim", "ConfigMap", "Deployment" };
	static const char *const names[] = { "l-r1-etc", "l-r1-topology", "l-r1" };
	cleanup(router) struct router router = { .srl = { .image = "srl", .chassis = "ixr-d3l", .memory = "4Gi" } };
	const json_t *spec, *container;

	router_render(&router, 1);
	ck_assert_uint_eq(json_array_size(router.objects), ARRAY_SIZE(kinds));
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		const json_t *object = json_array_get(router.objects, i);

		ck_assert_str_eq(json_text_at(object, "kind", NULL), kinds[i]);
		ck_assert_str_eq(json_text_at(object, "metadata", "name", NULL), names[i]);
	}
	assert_json(json_at(json_array_get(router.objects, 0), "spec", NULL),
		    "{\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"100Mi\"}},"
		    "\"storageClassName\":\"fast\"}");
	ck_assert_str_eq(topology_text(&router),
			 "chassis_configuration:\n  chassis_type: 73\n  base_mac: \"22:e2:b1:c2:00:00\"\n"
			 "  cpm_card_type: 188\nslot_configuration:\n  1:\n    card_type: 188\n    mda_type: 202\n");
	spec = json_at(json_array_get(router.objects, 2), "spec", "template", "spec", NULL);
	container = json_array_get(json_object_get(spec, "containers"), 0);
	assert_json(json_object_get(container, "securityContext"), "{\"privileged\":true,\"runAsUser\":0}");
	assert_json(json_object_get(container, "resources"), "{\"requests\":{\"memory\":\"4Gi\"}}");
	assert_json(json_object_get(container, "volumeMounts"),
		    "[{\"mountPath\":\"/etc/opt/srlinux\",\"name\":\"etc\",\"subPath\":\"srlinux\"},"
		    "{\"mountPath\":\"/tmp/topology.yml\",\"name\":\"topology\",\"subPath\":\"topology.yml\"}]");
	ck_assert_uint_eq(json_array_size(json_object_get(spec, "volumes")), 2);
}
END_TEST

START_TEST(a_license_and_ports_are_added_when_given)
{
	const struct lab_port port = { .name = "gnmi", .port = 57400, .protocol = "TCP" };
	const struct port_list ports = { .ports = &port, .count = 1 };
	cleanup(router) struct router router = {
		.srl = { .image = "srl", .chassis = "ixr-6e", .license = "keys", .ports = &ports }
	};
	const json_t *spec, *mounts;

	router_render(&router, 0);
	ck_assert_uint_eq(json_array_size(router.objects), 4);
	ck_assert_str_eq(json_text_at(json_array_get(router.objects, 3), "kind", NULL), "Service");
	spec = json_at(json_array_get(router.objects, 2), "spec", "template", "spec", NULL);
	assert_json(json_array_get(json_object_get(spec, "volumes"), 2),
		    "{\"name\":\"license\",\"secret\":{\"secretName\":\"keys\"}}");
	mounts = json_object_get(json_array_get(json_object_get(spec, "containers"), 0), "volumeMounts");
	assert_json(json_array_get(mounts, 2),
		    "{\"mountPath\":\"/opt/srlinux/etc/license.key\",\"name\":\"license\",\"subPath\":\"license\"}");
}
END_TEST

START_TEST(base_macs_are_unicast_and_each_router_has_its_own)
{
	static const struct {
		const char *space, *lab, *node, *chassis, *mac;
	} cases[] = {
		{ "n", "l", "r1", "ixr-d1", "\"22:e2:b1:c2:00:00\"" },
		{ "n", "l", "r2", "ixr-d1", "\"86:8d:6c:0f:00:00\"" },
		{ "n", "k", "r1", "ixr-d1", "\"a2:6a:31:97:00:00\"" },
		{ "m", "l", "r1", "ixr-d1", "\"c2:fd:4b:2f:00:00\"" },
		{ "n", "l", "r1", "64-02:01:00:00:00:00-175-1-175-196", "\"02:01:00:00:00:00\"" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(router) struct router router = { .srl = { .image = "srl", .chassis = cases[i].chassis } };

		/* Whatever its place among the others is. */
		for (size_t at = 0; at < 2; at++) {
			router_make(&router);
			router.lab.namespace_name = cases[i].space;
			router.lab.name = cases[i].lab;
			router.nodes[at].name = cases[i].node;
			srl_add_objects(&router.lab, &router.nodes[at], router.objects);
			ck_assert_msg(strstr(topology_text(&router), cases[i].mac) != NULL, "%s: %s", cases[i].mac,
				      topology_text(&router));
		}
	}
}
END_TEST

START_TEST(a_powered_off_router_has_no_pod_and_another_chassis_makes_a_new_one)
{
	cleanup(router) struct router first = { .srl = { .image = "srl", .chassis = "ixr-d1" } };
	cleanup(router) struct router second = { .srl = { .image = "srl", .chassis = "ixr-d2l" } };
	const char *one, *other;

	router_render(&first, 0);
	router_render(&second, 0);
	one = json_text_at(json_array_get(first.objects, 2), "spec", "template", "metadata", "annotations",
			   "labsync.dev/files-digest", NULL);
	other = json_text_at(json_array_get(second.objects, 2), "spec", "template", "metadata", "annotations",
			     "labsync.dev/files-digest", NULL);
	ck_assert_uint_eq(strlen(one), 64);
	ck_assert_str_ne(one, other);
	assert_json(json_at(json_array_get(first.objects, 2), "spec", "replicas", NULL), "1");
	json_decref(first.objects);
	first.objects = json_array();
	first.lab.powered_off = true;
	srl_add_objects(&first.lab, &first.nodes[0], first.objects);
	assert_json(json_at(json_array_get(first.objects, 2), "spec", "replicas", NULL), "0");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		mistakes_are_told_where_they_are,
		built_in_values_are_those_of_knl,
		a_chassis_is_a_name_or_six_fields,
		licensed_types_are_told_what_to_use_instead,
		a_router_is_a_claim_its_topology_and_a_deployment,
		a_license_and_ports_are_added_when_given,
		base_macs_are_unicast_and_each_router_has_its_own,
		a_powered_off_router_has_no_pod_and_another_chassis_makes_a_new_one,
	};

	return suite_run("render/srl", tests, ARRAY_SIZE(tests));
}
