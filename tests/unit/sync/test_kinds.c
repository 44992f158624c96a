#include "sync/kinds.h"

#include <string.h>

#include "tests/unit/sync/quoted_json.h"

/* What the API server serves these kinds under; what is wrong here is a 404 there. */
static const struct kind_case {
	const char *group, *name;
	const char *api_version, *group_kind;
	const char *collection, *object; /* in namespace x, name y */
	enum wave wave;
	bool is_disk;
} cases[] = {
	{ "", "Namespace", "v1", "Namespace", "/api/v1/namespaces", "/api/v1/namespaces/y", WAVE_NAMESPACES, false },
	{ "", "ServiceAccount", "v1", "ServiceAccount", "/api/v1/namespaces/x/serviceaccounts",
	  "/api/v1/namespaces/x/serviceaccounts/y", WAVE_CONFIGURATION, false },
	{ "", "Secret", "v1", "Secret", "/api/v1/namespaces/x/secrets", "/api/v1/namespaces/x/secrets/y",
	  WAVE_CONFIGURATION, false },
	{ "", "ConfigMap", "v1", "ConfigMap", "/api/v1/namespaces/x/configmaps", "/api/v1/namespaces/x/configmaps/y",
	  WAVE_CONFIGURATION, false },
	{ "lan.k8slan.io", "LAN", "lan.k8slan.io/v1beta1", "LAN.lan.k8slan.io",
	  "/apis/lan.k8slan.io/v1beta1/namespaces/x/lans", "/apis/lan.k8slan.io/v1beta1/namespaces/x/lans/y",
	  WAVE_CONFIGURATION, false },
	{ "k8s.cni.cncf.io", "NetworkAttachmentDefinition", "k8s.cni.cncf.io/v1",
	  "NetworkAttachmentDefinition.k8s.cni.cncf.io",
	  "/apis/k8s.cni.cncf.io/v1/namespaces/x/network-attachment-definitions",
	  "/apis/k8s.cni.cncf.io/v1/namespaces/x/network-attachment-definitions/y", WAVE_CONFIGURATION, false },
	{ "networking.k8s.io", "NetworkPolicy", "networking.k8s.io/v1", "NetworkPolicy.networking.k8s.io",
	  "/apis/networking.k8s.io/v1/namespaces/x/networkpolicies",
	  "/apis/networking.k8s.io/v1/namespaces/x/networkpolicies/y", WAVE_CONFIGURATION, false },
	{ "instancetype.kubevirt.io", "VirtualMachineInstancetype", "instancetype.kubevirt.io/v1beta1",
	  "VirtualMachineInstancetype.instancetype.kubevirt.io",
	  "/apis/instancetype.kubevirt.io/v1beta1/namespaces/x/virtualmachineinstancetypes",
	  "/apis/instancetype.kubevirt.io/v1beta1/namespaces/x/virtualmachineinstancetypes/y", WAVE_CONFIGURATION,
	  false },
	{ "instancetype.kubevirt.io", "VirtualMachineClusterInstancetype", "instancetype.kubevirt.io/v1beta1",
	  "VirtualMachineClusterInstancetype.instancetype.kubevirt.io",
	  "/apis/instancetype.kubevirt.io/v1beta1/virtualmachineclusterinstancetypes",
	  "/apis/instancetype.kubevirt.io/v1beta1/virtualmachineclusterinstancetypes/y", WAVE_CONFIGURATION, false },
	{ "instancetype.kubevirt.io", "VirtualMachinePreference", "instancetype.kubevirt.io/v1beta1",
	  "VirtualMachinePreference.instancetype.kubevirt.io",
	  "/apis/instancetype.kubevirt.io/v1beta1/namespaces/x/virtualmachinepreferences",
	  "/apis/instancetype.kubevirt.io/v1beta1/namespaces/x/virtualmachinepreferences/y", WAVE_CONFIGURATION,
	  false },
	{ "instancetype.kubevirt.io", "VirtualMachineClusterPreference", "instancetype.kubevirt.io/v1beta1",
	  "VirtualMachineClusterPreference.instancetype.kubevirt.io",
	  "/apis/instancetype.kubevirt.io/v1beta1/virtualmachineclusterpreferences",
	  "/apis/instancetype.kubevirt.io/v1beta1/virtualmachineclusterpreferences/y", WAVE_CONFIGURATION, false },
	{ "migrations.kubevirt.io", "MigrationPolicy", "migrations.kubevirt.io/v1alpha1",
	  "MigrationPolicy.migrations.kubevirt.io", "/apis/migrations.kubevirt.io/v1alpha1/migrationpolicies",
	  "/apis/migrations.kubevirt.io/v1alpha1/migrationpolicies/y", WAVE_CONFIGURATION, false },
	{ "cdi.kubevirt.io", "DataSource", "cdi.kubevirt.io/v1beta1", "DataSource.cdi.kubevirt.io",
	  "/apis/cdi.kubevirt.io/v1beta1/namespaces/x/datasources",
	  "/apis/cdi.kubevirt.io/v1beta1/namespaces/x/datasources/y", WAVE_CONFIGURATION, false },
	{ "cdi.kubevirt.io", "DataVolume", "cdi.kubevirt.io/v1beta1", "DataVolume.cdi.kubevirt.io",
	  "/apis/cdi.kubevirt.io/v1beta1/namespaces/x/datavolumes",
	  "/apis/cdi.kubevirt.io/v1beta1/namespaces/x/datavolumes/y", WAVE_DISKS, true },
	{ "", "PersistentVolumeClaim", "v1", "PersistentVolumeClaim", "/api/v1/namespaces/x/persistentvolumeclaims",
	  "/api/v1/namespaces/x/persistentvolumeclaims/y", WAVE_DISKS, true },
	{ "kubevirt.io", "VirtualMachine", "kubevirt.io/v1", "VirtualMachine.kubevirt.io",
	  "/apis/kubevirt.io/v1/namespaces/x/virtualmachines", "/apis/kubevirt.io/v1/namespaces/x/virtualmachines/y",
	  WAVE_MACHINES, false },
	{ "pool.kubevirt.io", "VirtualMachinePool", "pool.kubevirt.io/v1beta1", "VirtualMachinePool.pool.kubevirt.io",
	  "/apis/pool.kubevirt.io/v1beta1/namespaces/x/virtualmachinepools",
	  "/apis/pool.kubevirt.io/v1beta1/namespaces/x/virtualmachinepools/y", WAVE_MACHINES, false },
	{ "apps", "Deployment", "apps/v1", "Deployment.apps", "/apis/apps/v1/namespaces/x/deployments",
	  "/apis/apps/v1/namespaces/x/deployments/y", WAVE_MACHINES, false },
	{ "snapshot.kubevirt.io", "VirtualMachineSnapshot", "snapshot.kubevirt.io/v1beta1",
	  "VirtualMachineSnapshot.snapshot.kubevirt.io",
	  "/apis/snapshot.kubevirt.io/v1beta1/namespaces/x/virtualmachinesnapshots",
	  "/apis/snapshot.kubevirt.io/v1beta1/namespaces/x/virtualmachinesnapshots/y", WAVE_SNAPSHOTS, false },
	{ "", "Service", "v1", "Service", "/api/v1/namespaces/x/services", "/api/v1/namespaces/x/services/y",
	  WAVE_SERVICES, false },
};

START_TEST(table)
{
	ck_assert_uint_eq(ARRAY_SIZE(cases), KIND_COUNT);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct kind_case *row = &cases[i];
		const struct kind *kind = kind_find(row->group, row->name);
		cleanup(free) char *version = NULL, *group_kind = NULL, *collection = NULL, *object = NULL;

		ck_assert_msg(kind != NULL, "%s is not in the table", row->name);
		version = kind_api_version_new(kind);
		group_kind = kind_group_kind_new(kind);
		collection = kind_path_new(kind, "x", NULL);
		object = kind_path_new(kind, "x", "y");
		ck_assert_str_eq(version, row->api_version);
		ck_assert_str_eq(group_kind, row->group_kind);
		ck_assert_str_eq(collection, row->collection);
		ck_assert_str_eq(object, row->object);
		ck_assert_msg(!(kind->is_disk && kind->is_replaceable), "%s: data would be lost", row->name);
		ck_assert_msg(kind->wave == row->wave && kind->is_disk == row->is_disk, "%s: wave %d, disk %d",
			      row->name, (int)kind->wave, (int)kind->is_disk);
	}
}
END_TEST

START_TEST(all_namespaces)
{
	cleanup(free) char *core = kind_path_new(kind_find("", "Secret"), NULL, NULL);
	cleanup(free) char *grouped = kind_path_new(kind_find("apps", "Deployment"), NULL, NULL);

	ck_assert_str_eq(core, "/api/v1/secrets");
	ck_assert_str_eq(grouped, "/apis/apps/v1/deployments");
}
END_TEST

START_TEST(index_is_the_place_in_the_table)
{
	for (size_t i = 0; i < KIND_COUNT; i++)
		ck_assert_uint_eq(kind_index(kind_at(i)), i);
}
END_TEST

/* A 404 for a whole kind is an answer only where something else than the cluster itself serves it. */
START_TEST(kinds_of_others_name_their_provider)
{
	for (size_t i = 0; i < KIND_COUNT; i++) {
		const char *group = kind_at(i)->group;
		bool is_built_in =
			*group == '\0' || strcmp(group, "apps") == 0 || strcmp(group, "networking.k8s.io") == 0;

		ck_assert_msg((kind_at(i)->provider == NULL) == is_built_in, "%s", kind_at(i)->name);
		ck_assert_msg(kind_is_config_map(kind_at(i)) == (strcmp(kind_at(i)->name, "ConfigMap") == 0), "%s",
			      kind_at(i)->name);
	}
}
END_TEST

/* A plain lab of machines costs the same LISTs as ever. */
START_TEST(plain_labs_list_nine_kinds)
{
	size_t count = 0;

	for (size_t i = 0; i < KIND_COUNT; i++)
		count += !kind_at(i)->is_occasional;
	ck_assert_uint_eq(count, 9);
}
END_TEST

/* Which is kept, which is in a namespace, and which of them is deleted at all. */
START_TEST(namespaces_are_shared)
{
	const struct kind *namespaces = kind_find("", "Namespace");
	const struct kind *policies = kind_find("migrations.kubevirt.io", "MigrationPolicy");
	const struct kind *sources = kind_find("cdi.kubevirt.io", "DataSource");

	for (size_t i = 0; i < KIND_COUNT; i++)
		ck_assert_msg(kind_at(i)->is_shared == (kind_at(i) == namespaces), "%s", kind_at(i)->name);
	ck_assert_str_eq(kind_namespace(policies, "x"), "");
	ck_assert_str_eq(kind_namespace(sources, "x"), "x");
	ck_assert(!sources->is_disk);
}
END_TEST

/* Waves never go down along the table, so that "by kind" is also "by wave". */
START_TEST(table_is_in_order_of_waves)
{
	for (size_t i = 1; i < KIND_COUNT; i++)
		ck_assert_int_le((int)kind_at(i - 1)->wave, (int)kind_at(i)->wave);
}
END_TEST

static const struct object_case {
	const char *object;
	const char *kind; /* NULL: none of ours */
} object_cases[] = {
	{ "{'apiVersion': 'v1', 'kind': 'Secret'}", "Secret" },
	{ "{'apiVersion': 'apps/v1', 'kind': 'Deployment'}", "Deployment" },
	{ "{'apiVersion': 'kubevirt.io/v1', 'kind': 'VirtualMachine'}", "VirtualMachine" },
	{ "{'apiVersion': 'v1', 'kind': 'VirtualMachine'}", NULL },
	{ "{'apiVersion': 'other.io/v1', 'kind': 'Secret'}", NULL },
	{ "{'apiVersion': 'v1', 'kind': 'ConfigMap'}", "ConfigMap" },
	{ "{'apiVersion': 'lan.k8slan.io/v1beta1', 'kind': 'LAN'}", "LAN" },
	{ "{'apiVersion': 'v1', 'kind': 'Pod'}", NULL },
	{ "{'apiVersion': 'v1', 'kind': 'secret'}", NULL },
	{ "{'kind': 'Secret'}", NULL },
	{ "{'apiVersion': 'v1'}", NULL },
	{ "{'apiVersion': 1, 'kind': 'Secret'}", NULL },
	{ "{}", NULL },
};

START_TEST(kind_of_objects)
{
	for (size_t i = 0; i < ARRAY_SIZE(object_cases); i++) {
		cleanup(json) json_t *object = quoted_json_new(object_cases[i].object);
		const struct kind *kind = kind_of_object(object);

		if (object_cases[i].kind == NULL)
			ck_assert_msg(kind == NULL, "%s: %s", object_cases[i].object, kind->name);
		else
			ck_assert_msg(kind && strcmp(kind->name, object_cases[i].kind) == 0, "%s",
				      object_cases[i].object);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { table,
				 all_namespaces,
				 index_is_the_place_in_the_table,
				 table_is_in_order_of_waves,
				 plain_labs_list_nine_kinds,
				 namespaces_are_shared,
				 kinds_of_others_name_their_provider,
				 kind_of_objects };

	return suite_run("kinds", tests, ARRAY_SIZE(tests));
}
