#include "render/objects/objects.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "tests/unit/render/outcome.h"
#include "tests/unit/suite.h"

START_TEST(links_come_first_then_node_by_node)
{
	static const struct {
		const char *kind, *name, *node;
	} wanted[] = {
		{ "NetworkAttachmentDefinition", "l-net", NULL },
		{ "Secret", "l-r1-init", "r1" },
		{ "DataVolume", "l-r1", "r1" },
		{ "VirtualMachine", "l-r1", "r1" },
		{ "Service", "l-r1", "r1" },
		{ "NetworkAttachmentDefinition", "l-p1-net", "p1" },
		{ "PersistentVolumeClaim", "l-p1-root", "p1" },
		{ "Deployment", "l-p1", "p1" },
	};
	cleanup(outcome) struct outcome outcome;
	struct model model;

	model_init(&model);
	outcome_init(&outcome, &model);
	ck_assert(outcome.good);
	ck_assert_uint_eq(outcome.lab.count, ARRAY_SIZE(wanted));
	for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
		const struct rendered_object *object = &outcome.lab.objects[i];

		ck_assert_str_eq(json_text_at(object->value, "kind", NULL), wanted[i].kind);
		ck_assert_str_eq(json_text_at(object->value, "metadata", "name", NULL), wanted[i].name);
		ck_assert_pstr_eq(object->node, wanted[i].node);
		ck_assert_str_eq(json_text_at(object->value, "metadata", "namespace", NULL), "n");
		assert_json(json_at(object->value, "metadata", "annotations", "labsync.dev/path", NULL),
			    "\"labs/l.yaml\"");
		assert_json(json_at(object->value, "metadata", "labels", "app.kubernetes.io/managed-by", NULL),
			    "\"labsync\"");
		assert_json(json_at(object->value, "metadata", "labels", "app.kubernetes.io/part-of", NULL), "\"l\"");
	}
}
END_TEST

START_TEST(a_vm_is_pinned_and_has_huge_pages_when_asked)
{
	static const bool yes = true;
	cleanup(outcome) struct outcome outcome;
	struct model model;
	const json_t *domain;

	model_init(&model);
	model.vm.cpu_pin = model.vm.huge_page = &yes;
	outcome_init(&outcome, &model);
	domain = json_at(object_find(&outcome, "VirtualMachine", "l-r1"), "spec", "template", "spec", "domain", NULL);
	assert_json(json_at(domain, "cpu", NULL),
		    "{\"cores\":2,\"dedicatedCpuPlacement\":true,\"isolateEmulatorThread\":true,"
		    "\"model\":\"host-passthrough\"}");
	assert_json(json_at(domain, "memory", NULL), "{\"guest\":\"4Gi\",\"hugepages\":{\"pageSize\":\"1Gi\"}}");
}
END_TEST

START_TEST(a_vms_nics_are_the_pod_network_then_the_links)
{
	cleanup(outcome) struct outcome outcome;
	struct model model;
	const json_t *spec, *nics;

	model_init(&model);
	outcome_init(&outcome, &model);
	spec = json_at(object_find(&outcome, "VirtualMachine", "l-r1"), "spec", "template", "spec", NULL);
	nics = json_at(spec, "domain", "devices", "interfaces", NULL);
	ck_assert_uint_eq(json_array_size(nics), 2);
	ck_assert_str_eq(json_text_at(json_array_get(nics, 0), "name", NULL), "default");
	assert_json(json_object_get(json_array_get(nics, 0), "ports"),
		    "[{\"name\":\"ssh\",\"port\":22,\"protocol\":\"TCP\"}]");
	assert_json(json_array_get(nics, 1), "{\"bridge\":{},\"macAddress\":\"12:20:22:00:00:01\",\"name\":\"net\"}");
	assert_json(json_object_get(spec, "networks"),
		    "[{\"name\":\"default\",\"pod\":{}},{\"multus\":{\"networkName\":\"l-net\"},\"name\":\"net\"}]");
}
END_TEST

START_TEST(every_nic_is_found_by_its_mac)
{
	cleanup(outcome) struct outcome outcome;
	cleanup(json) json_t *network = NULL;
	struct model model;
	const json_t *vm, *pod_nic;

	model_init(&model);
	outcome_init(&outcome, &model);
	network = secret_yaml_new(object_find(&outcome, "Secret", "l-r1-init"), "networkdata");
	vm = object_find(&outcome, "VirtualMachine", "l-r1");
	pod_nic = json_array_get(json_at(vm, "spec", "template", "spec", "domain", "devices", "interfaces", NULL), 0);
	ck_assert_str_eq(json_text_at(network, "ethernets", "default", "match", "macaddress", NULL),
			 json_text_at(pod_nic, "macAddress", NULL));
	assert_json(json_at(network, "ethernets", "net", NULL),
		    "{\"addresses\":[\"10.0.0.1/24\",\"2001:db8::1/64\"],\"dhcp4\":false,"
		    "\"match\":{\"macaddress\":\"12:20:22:00:00:01\"},"
		    "\"routes\":[{\"to\":\"10.1.0.0/16\",\"via\":\"10.0.0.2\"}]}");
}
END_TEST

START_TEST(user_data_quotes_what_yaml_would_misread)
{
	static const char *const users[] = { "yes", "123", "a: b", "#x", "null", "0x10", "1e3" };

	for (size_t i = 0; i < ARRAY_SIZE(users); i++) {
		cleanup(outcome) struct outcome outcome;
		cleanup(json) json_t *config = NULL;
		struct model model;
		const json_t *user;

		model_init(&model);
		model.vm.user = users[i];
		outcome_init(&outcome, &model);
		config = secret_yaml_new(object_find(&outcome, "Secret", "l-r1-init"), "userdata");
		user = json_array_get(json_object_get(config, "users"), 0);
		ck_assert_pstr_eq(json_text_at(user, "name", NULL), users[i]);
		ck_assert(json_is_true(json_object_get(config, "ssh_pwauth")));
		ck_assert(json_is_false(json_object_get(user, "lock_passwd")));
	}
}
END_TEST

START_TEST(ignition_reads_the_config_drive)
{
	cleanup(outcome) struct outcome outcome;
	struct model model;
	const json_t *spec, *secret;

	model_init(&model);
	model.init = INIT_IGNITION;
	outcome_init(&outcome, &model);
	spec = json_at(object_find(&outcome, "VirtualMachine", "l-r1"), "spec", "template", "spec", NULL);
	secret = object_find(&outcome, "Secret", "l-r1-init");
	assert_json(json_array_get(json_object_get(spec, "volumes"), 1),
		    "{\"cloudInitConfigDrive\":{\"secretRef\":{\"name\":\"l-r1-init\"}},\"name\":\"ignition\"}");
	ck_assert_str_eq(
		json_text_at(json_array_get(json_at(spec, "domain", "devices", "disks", NULL), 1), "name", NULL),
		"ignition");
	ck_assert_ptr_nonnull(json_at(secret, "data", "userdata", NULL));
	ck_assert_ptr_null(json_at(secret, "data", "networkdata", NULL));
}
END_TEST

START_TEST(a_disk_comes_from_where_its_image_is)
{
	static const struct {
		const char *image, *source;
	} cases[] = {
		{ "docker://example.org/a:1", "{\"registry\":{\"url\":\"docker://example.org/a:1\"}}" },
		{ "http://example.org/a", "{\"http\":{\"url\":\"http://example.org/a\"}}" },
		{ "https://example.org/a", "{\"http\":{\"url\":\"https://example.org/a\"}}" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(outcome) struct outcome outcome;
		struct model model;

		model_init(&model);
		model.vm.image = cases[i].image;
		outcome_init(&outcome, &model);
		assert_json(json_at(object_find(&outcome, "DataVolume", "l-r1"), "spec", "source", NULL),
			    cases[i].source);
	}
}
END_TEST

START_TEST(the_storage_class_is_the_clusters_unless_set)
{
	static const char *const classes[] = { NULL, "fast" };

	for (size_t i = 0; i < ARRAY_SIZE(classes); i++) {
		cleanup(outcome) struct outcome outcome;
		struct model model;

		model_init(&model);
		model.lab.storage_class = classes[i];
		outcome_init(&outcome, &model);
		ck_assert_pstr_eq(json_text_at(object_find(&outcome, "DataVolume", "l-r1"), "spec", "storage",
					       "storageClassName", NULL),
				  classes[i]);
		ck_assert_pstr_eq(json_text_at(object_find(&outcome, "PersistentVolumeClaim", "l-p1-root"), "spec",
					       "storageClassName", NULL),
				  classes[i]);
	}
}
END_TEST

START_TEST(a_pod_with_addresses_has_its_own_attachment)
{
	cleanup(outcome) struct outcome outcome;
	struct model model;
	const json_t *pod;
	const char *shared, *own;

	model_init(&model);
	model.pod_interface.port = "eth1";
	outcome_init(&outcome, &model);
	pod = object_find(&outcome, "Deployment", "l-p1");
	assert_json(json_at(pod, "spec", "template", "metadata", "annotations", "k8s.v1.cni.cncf.io/networks", NULL),
		    "\"[{\\\"interface\\\":\\\"eth1\\\",\\\"mac\\\":\\\"12:20:22:00:00:02\\\","
		    "\\\"name\\\":\\\"l-p1-net\\\"}]\"");
	shared = json_text_at(object_find(&outcome, "NetworkAttachmentDefinition", "l-net"), "spec", "config", NULL);
	own = json_text_at(object_find(&outcome, "NetworkAttachmentDefinition", "l-p1-net"), "spec", "config", NULL);
	ck_assert_ptr_nonnull(strstr(own, "\"ipam\":{\"addresses\":[{\"address\":\"10.0.0.2/24\"}],\"routes\":[],"
					  "\"type\":\"static\"}"));
	ck_assert_ptr_nonnull(strstr(shared, "\"ipam\":{}"));
	ck_assert_int_eq(strncmp(shared, own, strlen("{\"bridge\":\"ls0123456789\"")), 0);
}
END_TEST

START_TEST(a_pods_routes_without_address_are_warned_about)
{
	cleanup(outcome) struct outcome outcome;
	struct model model;

	model_init(&model);
	model.pod_interface.address_count = 0;
	model.pod_interface.routes = &model.route;
	model.pod_interface.route_count = 1;
	outcome_init(&outcome, &model);
	ck_assert(outcome.good);
	ck_assert_uint_eq(outcome.diagnostics.count, 1);
	ck_assert_uint_eq(outcome.diagnostics.errors, 0);
	ck_assert_uint_eq(outcome.diagnostics.items[0].line, 13);
	ck_assert_ptr_null(object_find(&outcome, "NetworkAttachmentDefinition", "l-p1-net"));
}
END_TEST

START_TEST(a_node_without_links_runs_anywhere)
{
	static const char label[] = "labsync.dev/linked";
	cleanup(outcome) struct outcome outcome;
	struct model model;
	const json_t *vm, *pod;

	model_init(&model);
	model.nodes[MODEL_POD].interface_count = 0;
	outcome_init(&outcome, &model);
	vm = json_at(object_find(&outcome, "VirtualMachine", "l-r1"), "spec", "template", NULL);
	pod = json_at(object_find(&outcome, "Deployment", "l-p1"), "spec", "template", NULL);
	ck_assert_ptr_nonnull(json_at(vm, "spec", "affinity", "podAffinity", NULL));
	ck_assert_str_eq(json_text_at(vm, "metadata", "labels", label, NULL), "l");
	ck_assert_ptr_null(json_at(pod, "spec", "affinity", NULL));
	ck_assert_ptr_null(json_at(pod, "metadata", "labels", label, NULL));
	ck_assert_ptr_null(json_at(pod, "metadata", "annotations", NULL));
}
END_TEST

START_TEST(a_pod_takes_what_is_set)
{
	static const bool yes = true;
	static const void *const words[] = { "sh", "-c", "sleep 1" };
	static const struct value_list command = { .count = 3, .items = words };
	cleanup(outcome) struct outcome outcome;
	struct model model;
	const json_t *container;

	model_init(&model);
	model.pod = (struct lab_pod){
		.image = "alpine",
		.command = &command,
		.privileged = &yes,
		.disk_size = "1Gi",
		.memory = "64Mi",
	};
	outcome_init(&outcome, &model);
	container = json_array_get(
		json_at(object_find(&outcome, "Deployment", "l-p1"), "spec", "template", "spec", "containers", NULL),
		0);
	assert_json(container, "{\"command\":[\"sh\",\"-c\",\"sleep 1\"],\"image\":\"alpine\",\"name\":\"main\","
			       "\"resources\":{\"requests\":{\"memory\":\"64Mi\"}},"
			       "\"securityContext\":{\"privileged\":true},"
			       "\"volumeMounts\":[{\"mountPath\":\"/root\",\"name\":\"root\"}]}");
}
END_TEST

START_TEST(a_vm_without_ports_has_no_service)
{
	cleanup(outcome) struct outcome outcome;
	struct model model;

	model_init(&model);
	model.ports.count = 0;
	outcome_init(&outcome, &model);
	ck_assert(outcome.good);
	ck_assert_ptr_null(object_find(&outcome, "Service", "l-r1"));
}
END_TEST

START_TEST(a_path_that_is_no_utf8_is_shown_all_the_same)
{
	cleanup(outcome) struct outcome outcome;
	struct model model;

	model_init(&model);
	model.lab.path = "labs/\xff.yaml";
	outcome_init(&outcome, &model);
	ck_assert(outcome.good);
	assert_json(json_at(outcome.lab.objects[0].value, "metadata", "annotations", "labsync.dev/path", NULL),
		    "\"labs/?.yaml\"");
}
END_TEST

START_TEST(a_password_that_no_guest_takes_is_told_at_its_node)
{
	cleanup(free) char *password = memory_new(1000);
	cleanup(outcome) struct outcome outcome;
	struct model model;

	memset(password, 'x', 999);
	model_init(&model);
	model.vm.password = password;
	outcome_init(&outcome, &model);
	ck_assert(!outcome.good);
	ck_assert_uint_eq(outcome.diagnostics.errors, 1);
	ck_assert_uint_eq(outcome.diagnostics.items[0].line, 20);
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		links_come_first_then_node_by_node,
		a_vm_is_pinned_and_has_huge_pages_when_asked,
		a_vms_nics_are_the_pod_network_then_the_links,
		every_nic_is_found_by_its_mac,
		user_data_quotes_what_yaml_would_misread,
		ignition_reads_the_config_drive,
		a_disk_comes_from_where_its_image_is,
		the_storage_class_is_the_clusters_unless_set,
		a_pod_with_addresses_has_its_own_attachment,
		a_pods_routes_without_address_are_warned_about,
		a_node_without_links_runs_anywhere,
		a_pod_takes_what_is_set,
		a_vm_without_ports_has_no_service,
		a_path_that_is_no_utf8_is_shown_all_the_same,
		a_password_that_no_guest_takes_is_told_at_its_node,
	};

	return suite_run("objects", tests, ARRAY_SIZE(tests));
}
