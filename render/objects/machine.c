#include "render/objects/machine.h"

#include "base/digest.h"
#include "base/json.h"
#include "base/memory.h"
#include "render/objects/identity.h"
#include "render/objects/init.h"
#include "render/objects/nic.h"
#include "render/objects/placement.h"

/* How long a guest may take to shut down. KubeVirt's own 180 s would make the
 * removal of a lab wait for every guest that ignores the power button. */
enum { SHUTDOWN_SECONDS = 60 };

static json_t *cpu_build(const struct lab_vm *vm)
{
	json_t *cpu = json_pack("{s:I, s:s}", "cores", (json_int_t)vm->cpu, "model", "host-passthrough");

	if (vm->cpu_pin) {
		json_object_set_new(cpu, "dedicatedCpuPlacement", json_true());
		json_object_set_new(cpu, "isolateEmulatorThread", json_true());
	}
	return cpu;
}

static json_t *memory_build(const struct lab_vm *vm)
{
	json_t *memory = json_pack("{s:s}", "guest", vm->memory);

	if (vm->huge_page)
		json_object_set_new(memory, "hugepages", json_pack("{s:s}", "pageSize", "1Gi"));
	return memory;
}

/* KubeVirt invents both at creation when they are unset, and shows the UUID to
 * cloud-init as the instance-id. Derived from the name, a VM that is deleted
 * and made again on its kept disk is still the same instance to its guest. */
static json_t *firmware_build(const struct lab *lab, const struct lab_node *node)
{
	cleanup(free) char *name = string_format("%s/%s/%s", lab->namespace_name, lab->name, node->name);
	char uuid[UUID_TEXT_SIZE];

	uuid_from_name(name, uuid);
	return json_pack("{s:s, s:s}", "uuid", uuid, "serial", uuid);
}

static json_t *devices_build(const struct lab *lab, const struct lab_node *node)
{
	return json_pack("{s:b, s:[{s:s, s:{s:s}, s:i}, {s:s, s:{s:s}}], s:o}", "autoattachGraphicsDevice", 1,
			 "disks", "name", "root", "disk", "bus", "virtio", "bootOrder", 1, "name",
			 init_volume_name(node->vm.init), "disk", "bus", "virtio", "interfaces",
			 nic_interfaces_build(lab, node));
}

static json_t *domain_build(const struct lab *lab, const struct lab_node *node)
{
	return json_pack("{s:o, s:o, s:o, s:o}", "cpu", cpu_build(&node->vm), "memory", memory_build(&node->vm),
			 "firmware", firmware_build(lab, node), "devices", devices_build(lab, node));
}

static json_t *volumes_build(const struct lab_node *node)
{
	return json_pack("[{s:s, s:{s:s}}, o]", "name", "root", "dataVolume", "name", node->object_name,
			 init_volume_build(node));
}

static json_t *template_metadata_build(const struct lab *lab, const struct lab_node *node)
{
	json_t *labels = node_labels_build(lab, node);

	json_object_set_new(labels, "kubevirt.io/domain", json_string(node->object_name));
	placement_add_label(lab, node, labels);
	return json_pack("{s:o}", "labels", labels);
}

/* Architecture and machine type are the cluster's to choose. */
static json_t *template_spec_build(const struct lab *lab, const struct lab_node *node)
{
	return json_pack("{s:o*, s:o, s:s, s:o, s:i, s:o}", "affinity", placement_affinity_build(lab, node), "domain",
			 domain_build(lab, node), "hostname", node->name, "networks", nic_networks_build(node),
			 "terminationGracePeriodSeconds", SHUTDOWN_SECONDS, "volumes", volumes_build(node));
}

json_t *machine_build(const struct lab *lab, const struct lab_node *node)
{
	/* RerunOnFailure: a crash is mended, but a person's stop and start are not fought. */
	return json_pack("{s:s, s:s, s:o, s:{s:s, s:{s:o, s:o}}}", "apiVersion", "kubevirt.io/v1", "kind",
			 "VirtualMachine", "metadata", metadata_build(lab, node->object_name, node->name), "spec",
			 "runStrategy", "RerunOnFailure", "template", "metadata", template_metadata_build(lab, node),
			 "spec", template_spec_build(lab, node));
}
