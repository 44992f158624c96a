#include "sync/effects.h"

#include "base/quantity.h"

/* Labels of a template are for what is made of it later: KubeVirt asks for no restart. Its annotations have the digest
 * of first-boot data, which asks for one.
 *
 * The first row that holds the path decides; without one a change is live.
 * Memory and sockets can be plugged into some guests, on some clusters; whether
 * into this one cannot be seen from here, so they count as a restart. */
static const struct effect_rule {
	const char *group, *kind;
	const char *pattern;
	enum change_effect effect;
} rules[] = {
	{ "kubevirt.io", "VirtualMachine", "spec.template.spec.nodeSelector", EFFECT_LIVE },
	{ "kubevirt.io", "VirtualMachine", "spec.template.spec.affinity", EFFECT_LIVE },
	{ "kubevirt.io", "VirtualMachine", "spec.template.spec.tolerations", EFFECT_LIVE },
	{ "kubevirt.io", "VirtualMachine", "spec.template.metadata.labels", EFFECT_LIVE },
	{ "kubevirt.io", "VirtualMachine", "spec.template", EFFECT_RESTART },
	{ "kubevirt.io", "VirtualMachine", "spec.instancetype", EFFECT_RESTART },
	{ "kubevirt.io", "VirtualMachine", "spec.preference", EFFECT_RESTART },
	{ "kubevirt.io", "VirtualMachineInstance", "spec", EFFECT_RECREATE },

	{ "pool.kubevirt.io", "VirtualMachinePool", "spec.selector", EFFECT_RECREATE },
	{ "pool.kubevirt.io", "VirtualMachinePool", "spec.virtualMachineTemplate", EFFECT_RESTART },
	{ "snapshot.kubevirt.io", "VirtualMachineSnapshot", "spec", EFFECT_RECREATE },

	/* k8slan's webhook takes no change of a spec. */
	{ "lan.k8slan.io", "LAN", "spec", EFFECT_RECREATE },

	{ "cdi.kubevirt.io", "DataVolume", "spec.checkpoints", EFFECT_LIVE },
	{ "cdi.kubevirt.io", "DataVolume", "spec.finalCheckpoint", EFFECT_LIVE },
	{ "cdi.kubevirt.io", "DataVolume", "spec", EFFECT_RECREATE },
	{ "", "PersistentVolumeClaim", "spec", EFFECT_RECREATE },

	{ "", "Service", "spec.clusterIP", EFFECT_RECREATE },
	{ "", "Service", "spec.clusterIPs", EFFECT_RECREATE },
	{ "apps", "Deployment", "spec.selector", EFFECT_RECREATE },
	{ "", "Pod", "spec.containers[].image", EFFECT_LIVE },
	{ "", "Pod", "spec.initContainers[].image", EFFECT_LIVE },
	{ "", "Pod", "spec", EFFECT_RECREATE },
	{ "", "Secret", "type", EFFECT_RECREATE },
};

static bool is_larger(const json_t *before, const json_t *after)
{
	int64_t old, new;

	return json_is_string(before) && json_is_string(after) && quantity_parse(json_string_value(before), &old) &&
	       quantity_parse(json_string_value(after), &new) && new > old;
}

/* A claim can grow, where its storage class lets it, but nothing else. */
static bool is_growing_claim(const struct field_path *path, const json_t *before, const json_t *after)
{
	return object_type_is(path->type, "", "PersistentVolumeClaim") &&
	       field_path_is(path, "spec.resources.requests.storage") && is_larger(before, after);
}

enum change_effect effect_of_change(const struct field_path *path, const json_t *before, const json_t *after)
{
	if (is_growing_claim(path, before, after))
		return EFFECT_LIVE;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (object_type_is(path->type, rules[i].group, rules[i].kind) &&
		    field_path_is_within(path, rules[i].pattern))
			return rules[i].effect;
	return EFFECT_LIVE;
}
