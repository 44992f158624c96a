#include "render/objects/machine.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/objects/cpu.h"
#include "render/objects/credentials.h"
#include "render/objects/features.h"
#include "render/objects/firmware.h"
#include "render/objects/given.h"
#include "render/objects/identity.h"
#include "render/objects/nic.h"
#include "render/objects/placement.h"
#include "render/objects/probe.h"
#include "render/objects/volumes.h"

/* How long a guest may take to shut down. KubeVirt's own 180 s would make the
 * removal of a lab wait for every guest that ignores the power button. */
enum { SHUTDOWN_SECONDS = 60 };

/* A list without entries would be dropped by the server. */
static json_t *devices_build(const struct lab *lab, const struct lab_node *node)
{
	json_t *devices = json_object(), *interfaces = nic_interfaces_build(lab, node);

	/* Else KubeVirt would add one on the pod network. */
	if (json_array_size(interfaces) == 0)
		json_object_set_new(devices, "autoattachPodInterface", json_false());
	given_set(devices, "disks", volumes_disks_build(node));
	given_set(devices, "interfaces", interfaces);
	if (node->vm->preference == NULL)
		json_object_set_new(devices, "autoattachGraphicsDevice", json_true());
	features_set_devices(node->vm, devices);
	return devices;
}

static json_t *domain_build(const struct lab *lab, const struct lab_node *node)
{
	const struct lab_vm *vm = node->vm;
	json_t *domain =
		json_pack("{s:o*, s:o*, s:o, s:o*, s:o*, s:o}", "cpu", cpu_build(vm), "memory", cpu_memory_build(vm),
			  "firmware", firmware_build(lab, node), "features", features_build(vm), "clock",
			  features_clock_build(vm), "devices", devices_build(lab, node));

	given_set(domain, "resources", cpu_resources_build(vm));
	if (vm->machine)
		json_object_set_new(domain, "machine", json_pack("{s:s}", "type", vm->machine));
	return domain;
}

/* The person's own, none of which is labsync's. */
static void metadata_add_given(const struct lab_vm *vm, json_t *metadata)
{
	cleanup(json) json_t *labels = given_map_build(vm->labels), *annotations = given_map_build(vm->annotations);

	if (json_object_size(labels) > 0)
		json_object_update(json_object_member(metadata, "labels"), labels);
	if (json_object_size(annotations) > 0)
		json_object_update(json_object_member(metadata, "annotations"), annotations);
}

static json_t *template_metadata_build(const struct lab *lab, const struct lab_node *node, const char *init_digest)
{
	json_t *labels = node_labels_build(lab, node);
	json_t *metadata;

	json_object_set_new(labels, LABEL_DOMAIN, json_string(node->object_name));
	placement_add_label(lab, node, labels);
	metadata = json_pack("{s:o}", "labels", labels);
	if (init_digest)
		metadata_annotate(metadata, ANNOTATION_INIT_DIGEST, init_digest);
	metadata_add_given(node->vm, metadata);
	return metadata;
}

/* A preference may have a time of its own. */
static void grace_period_set(const struct lab_vm *vm, json_t *spec)
{
	const int64_t fallback = SHUTDOWN_SECONDS;

	if (vm->grace_period)
		given_set_number(spec, "terminationGracePeriodSeconds", vm->grace_period);
	else if (vm->preference == NULL)
		given_set_number(spec, "terminationGracePeriodSeconds", &fallback);
}

/* Kubernetes asks the cluster's name servers as well unless it is told not to. */
static void dns_set(const struct lab_dns *dns, json_t *spec)
{
	json_t *config;

	if (dns == NULL)
		return;
	config = json_object();
	given_set_list(config, "nameservers", dns->nameservers);
	given_set_list(config, "searches", dns->searches);
	if (dns->nameservers && dns->nameservers->count > 0)
		json_object_set_new(spec, "dnsPolicy", json_string("None"));
	given_set(spec, "dnsConfig", config);
}

/* Architecture and machine type are the cluster's to choose, unless given. */
static json_t *template_spec_build(const struct lab *lab, const struct lab_node *node)
{
	const struct lab_vm *vm = node->vm;
	json_t *spec = json_pack("{s:o, s:s, s:s*, s:s*, s:s*, s:o*}", "domain", domain_build(lab, node), "hostname",
				 vm->hostname ? vm->hostname : node->name, "subdomain", vm->subdomain, "architecture",
				 vm->architecture, "evictionStrategy", vm->eviction_strategy, "accessCredentials",
				 credentials_build(vm));

	given_set(spec, "networks", nic_networks_build(node));
	given_set(spec, "volumes", volumes_build(node));
	dns_set(vm->dns, spec);
	grace_period_set(vm, spec);
	probes_set(spec, vm->readiness_probe, vm->liveness_probe);
	placement_set(lab, node, spec);
	return spec;
}

/* RerunOnFailure: a crash is mended, but a person's stop and start are not fought. */
static const char *run_strategy(const struct lab *lab, const struct lab_vm *vm)
{
	if (lab->powered_off)
		return "Halted";
	return vm->run_strategy ? vm->run_strategy : "RerunOnFailure";
}

/* As JSON with sorted keys: equal facts are equal text. */
static void immutable_annotate(const struct lab_vm *vm, json_t *metadata)
{
	cleanup(json) json_t *facts = given_map_build(vm->immutable);
	cleanup(free) char *text = json_object_size(facts) > 0 ? json_text_new(facts) : NULL;

	metadata_annotate(metadata, ANNOTATION_IMMUTABLE, text);
}

json_t *machine_build(const struct lab *lab, const struct lab_node *node, const char *init_digest)
{
	json_t *metadata = metadata_build(lab, node->object_name, node->name);
	json_t *spec =
		json_pack("{s:s, s:{s:o, s:o}}", "runStrategy", run_strategy(lab, node->vm), "template", "metadata",
			  template_metadata_build(lab, node, init_digest), "spec", template_spec_build(lab, node));

	if (text_equal(node->vm->restart_policy, "Automatic"))
		metadata_annotate(metadata, ANNOTATION_RESTART_POLICY, node->vm->restart_policy);
	immutable_annotate(node->vm, metadata);
	metadata_add_given(node->vm, metadata);
	cpu_set_instancetype(node->vm, spec);
	return json_pack("{s:s, s:s, s:o, s:o}", "apiVersion", "kubevirt.io/v1", "kind", "VirtualMachine", "metadata",
			 metadata, "spec", spec);
}

void machine_power_off(json_t *machine)
{
	json_t *spec = json_object_get(machine, "spec");

	json_object_del(spec, "running");
	json_object_set_new(spec, "runStrategy", json_string("Halted"));
}
