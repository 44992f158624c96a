#include "sync/effects.h"

#include "tests/unit/sync/path_text.h"
#include "tests/unit/sync/quoted_json.h"

#define MACHINE "kubevirt.io/v1 VirtualMachine"

static const struct effect_case {
	const char *type, *path;
	enum change_effect effect;
	const char *before, *after;
} cases[] = {
	{ .type = MACHINE, .path = "spec.runStrategy", .effect = EFFECT_LIVE },
	{ .type = MACHINE, .path = "metadata.labels.a", .effect = EFFECT_LIVE },
	{ .type = MACHINE, .path = "spec.template.spec.nodeSelector.zone", .effect = EFFECT_LIVE },
	{ .type = MACHINE, .path = "spec.template.spec.affinity", .effect = EFFECT_LIVE },
	{ .type = MACHINE, .path = "spec.template.spec.tolerations", .effect = EFFECT_LIVE },
	{ .type = MACHINE, .path = "spec.template.spec.domain.cpu.cores", .effect = EFFECT_RESTART },
	{ .type = MACHINE, .path = "spec.template.spec.domain.devices.disks[].disk.bus", .effect = EFFECT_RESTART },
	{ .type = MACHINE, .path = "spec.template.metadata.labels.a", .effect = EFFECT_LIVE },
	{ .type = MACHINE,
	  .path = "spec.template.metadata.annotations.labsync.dev/init-digest",
	  .effect = EFFECT_RESTART,
	  .before = "'a'",
	  .after = "'b'" },
	{ .type = MACHINE, .path = "spec.template", .effect = EFFECT_RESTART },
	{ .type = MACHINE, .path = "spec.instancetype.name", .effect = EFFECT_RESTART },
	{ .type = MACHINE, .path = "spec.dataVolumeTemplates[].spec", .effect = EFFECT_LIVE },
	{ .type = "other.io/v1 VirtualMachine", .path = "spec.template", .effect = EFFECT_LIVE },
	{ .type = "cdi.kubevirt.io/v1beta1 DataVolume", .path = "spec.source.http.url", .effect = EFFECT_RECREATE },
	{ .type = "cdi.kubevirt.io/v1beta1 DataVolume", .path = "metadata.annotations.a", .effect = EFFECT_LIVE },
	{ .type = "cdi.kubevirt.io/v1beta1 DataVolume", .path = "spec.finalCheckpoint", .effect = EFFECT_LIVE },
	{ .type = "v1 PersistentVolumeClaim", .path = "spec.storageClassName", .effect = EFFECT_RECREATE },
	{ "v1 PersistentVolumeClaim", "spec.resources.requests.storage", EFFECT_LIVE, "'1Gi'", "'1025Mi'" },
	{ "v1 PersistentVolumeClaim", "spec.resources.requests.storage", EFFECT_RECREATE, "'2Gi'", "'1025Mi'" },
	{ "v1 PersistentVolumeClaim", "spec.resources.requests.storage", EFFECT_RECREATE, "'2Gi'", NULL },
	{ "v1 PersistentVolumeClaim", "spec.resources.requests.storage", EFFECT_RECREATE, NULL, "'2Gi'" },
	{ "v1 PersistentVolumeClaim", "spec.resources.limits.storage", EFFECT_RECREATE, "'1Gi'", "'2Gi'" },
	{ .type = "v1 PersistentVolumeClaim", .path = "metadata.labels.a", .effect = EFFECT_LIVE },
	{ .type = "v1 Service", .path = "spec.ports[].port", .effect = EFFECT_LIVE },
	{ .type = "pool.kubevirt.io/v1beta1 VirtualMachinePool",
	  .path = "spec.selector.a",
	  .effect = EFFECT_RECREATE },
	{ .type = "pool.kubevirt.io/v1beta1 VirtualMachinePool",
	  .path = "spec.virtualMachineTemplate.spec",
	  .effect = EFFECT_RESTART },
	{ .type = "pool.kubevirt.io/v1beta1 VirtualMachinePool", .path = "spec.replicas", .effect = EFFECT_LIVE },
	{ .type = "snapshot.kubevirt.io/v1beta1 VirtualMachineSnapshot",
	  .path = "spec.source.name",
	  .effect = EFFECT_RECREATE },
	{ .type = "v1 Service", .path = "spec.clusterIP", .effect = EFFECT_RECREATE },
	{ .type = "apps/v1 Deployment", .path = "spec.template.spec.containers[].image", .effect = EFFECT_LIVE },
	{ .type = "apps/v1 Deployment", .path = "spec.selector.matchLabels.a", .effect = EFFECT_RECREATE },
	{ .type = "v1 Secret", .path = "data.a", .effect = EFFECT_LIVE },
	{ .type = "v1 Secret", .path = "type", .effect = EFFECT_RECREATE },
	{ .type = "v1 ConfigMap", .path = "data.a", .effect = EFFECT_LIVE },
	{ .type = "lan.k8slan.io/v1beta1 LAN", .path = "metadata.labels.a", .effect = EFFECT_LIVE },
	{ .type = "lan.k8slan.io/v1beta1 LAN", .path = "spec.spokes", .effect = EFFECT_RECREATE },
	{ .type = "k8s.cni.cncf.io/v1 NetworkAttachmentDefinition", .path = "spec.config", .effect = EFFECT_LIVE },
};

START_TEST(table)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(path_text) struct path_text path = { .path = NULL };
		cleanup(json) json_t *before = quoted_json_new(cases[i].before);
		cleanup(json) json_t *after = quoted_json_new(cases[i].after);

		path_text_init(&path, cases[i].type, cases[i].path);
		ck_assert_msg(effect_of_change(path.path, before, after) == cases[i].effect, "%s %s %s -> %s",
			      cases[i].type, cases[i].path, cases[i].before, cases[i].after);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { table };

	return suite_run("effects", tests, ARRAY_SIZE(tests));
}
