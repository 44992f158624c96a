/* A VM's networks and USB devices, and how it migrates. */
#include <string.h>

#include "base/text.h"
#include "render/dialects/deckhouse/machines.h"
#include "render/dialects/deckhouse/macs.h"
#include "render/dialects/mapping.h"
#include "render/lab/names.h"

#define POLICY_LABEL "virtualization.deckhouse.io/live-migration"
#define USB_RESOURCE_PREFIX "kubevirt.io/"

/* --- interfaces --- */

static struct yaml_node *interface_add(struct machine *machine, const char *name, const struct yaml_node *at)
{
	struct arena *arena = machine->arena;
	struct yaml_node *interface = tree_mapping(arena, at);

	tree_set(arena, interface, "name", tree_text(arena, at, name));
	if (!machine_is_paravirtualized(machine->spec))
		tree_set(arena, interface, "model", tree_text(arena, at, "e1000"));
	tree_append(arena, tree_list_at(arena, machine->vm, "interfaces", at), interface);
	return interface;
}

static void id_set(struct machine *machine, const char *name, int64_t id, const struct yaml_node *at)
{
	struct arena *arena = machine->arena;
	struct yaml_node *patch = tree_mapping(arena, at);

	tree_set(arena, patch, "name", tree_text(arena, at, name));
	tree_set(arena, patch, "acpiIndex", tree_integer(arena, at, id));
	tree_append(arena, machine_patch_list(machine, "interfaces", at), patch);
}

/* The network's NetworkAttachmentDefinition, or "pod"; NULL after it told that it is not known. */
static const char *attachment_of(struct machine *machine, const struct machine_network *network,
				 const struct yaml_node *at)
{
	struct reader *reader = machine->translation->reader;
	const struct yaml_node *name = deckhouse_value(at, "name");
	const char *mapped = network->name ? mapping_network(machine->translation->facts, network->name) : NULL;

	if (text_equal(network->type, "Main")) {
		if (network->name == NULL)
			return "pod";
		return reader_refuse(reader, name, "network Main is the cluster's own, which has no name; remove it");
	}
	if (network->name == NULL)
		return reader_refuse(reader, at, "network of type %s has no name; add it", network->type);
	if (mapped)
		return mapped;
	if (text_equal(network->type, "ClusterNetwork"))
		return reader_refuse(reader, name,
				     "ClusterNetwork %s is in no namespace that could be known; name its "
				     "NetworkAttachmentDefinition by networks of a Mapping",
				     reader_quote(reader, network->name));
	return network->name;
}

/* False after it told that an earlier network is the same, or has the same number. */
static bool is_of_its_own(struct machine *machine, size_t index, const struct yaml_node *at)
{
	struct reader *reader = machine->translation->reader;
	const struct value_list *list = machine->spec->networks;
	const struct machine_network *network = list->items[index];

	for (size_t i = 0; i < index; i++) {
		const struct machine_network *other = list->items[i];

		if (text_equal(network->type, other->type) &&
		    (text_equal(network->type, "Main") || text_equal(network->name, other->name))) {
			reader_refuse(reader, at, "a VM can be on network %s once; keep one",
				      network->name ? network->name : network->type);
			return false;
		}
		if (network->id && other->id && *network->id == *other->id) {
			reader_refuse(reader, yaml_get(at, "id"),
				      "id %d is that of an earlier network; choose another", (int)*network->id);
			return false;
		}
	}
	return true;
}

static void network_add(struct machine *machine, size_t index, const struct yaml_node *at)
{
	struct arena *arena = machine->arena;
	const struct machine_network *network = machine->spec->networks->items[index];
	const char *attachment, *name;
	struct yaml_node *interface;

	attachment = is_of_its_own(machine, index, at) ? attachment_of(machine, network, at) : NULL;
	if (attachment == NULL)
		return;
	name = text_equal(network->type, "Main")
		       ? "default"
		       : deckhouse_name(arena, text_equal(network->type, "Network") ? "net-" : "cnet-", network->name,
					NAME_LENGTH_MAX);
	interface = interface_add(machine, name, at);
	tree_set(arena, interface, "network", tree_text(arena, deckhouse_value(at, "name"), attachment));
	if (network->id)
		id_set(machine, name, *network->id, yaml_get(at, "id"));
	if (network->mac_name)
		tree_set(arena, interface, "mac",
			 mac_find(machine->translation, yaml_get(at, "virtualMachineMACAddressName")));
}

void machine_set_interfaces(struct machine *machine)
{
	const struct value_list *networks = machine->spec->networks;
	const struct yaml_node *given = yaml_get(machine->document->spec, "networks"),
			       *paravirtualized = yaml_get(machine->document->spec, "enableParavirtualization");

	if (networks == NULL || networks->count == 0) {
		/* The language's own NIC is virtio. */
		if (!machine_is_paravirtualized(machine->spec))
			tree_set(machine->arena, interface_add(machine, "default", paravirtualized), "network",
				 tree_text(machine->arena, paravirtualized, "pod"));
		return;
	}
	for (size_t i = 0; i < networks->count; i++)
		network_add(machine, i, given->items[i]);
}

/* --- USB --- */

static bool is_listed_before(const struct value_list *devices, size_t index)
{
	const struct machine_usb_device *device = devices->items[index];

	for (size_t i = 0; i < index; i++)
		if (text_equal(((const struct machine_usb_device *)devices->items[i])->name, device->name))
			return true;
	return false;
}

void machine_set_usb_devices(struct machine *machine)
{
	struct arena *arena = machine->arena;
	const struct value_list *devices = machine->spec->usb_devices;

	for (size_t i = 0; devices && i < devices->count; i++) {
		const struct machine_usb_device *device = devices->items[i];
		const struct yaml_node *at =
			yaml_get(yaml_get(machine->document->spec, "usbDevices")->items[i], "name");
		struct yaml_node *built = tree_mapping(arena, at);

		if (is_listed_before(devices, i)) {
			reader_refuse(machine->translation->reader, at, "USB device \"%s\" is listed twice; keep one",
				      device->name);
			continue;
		}
		tree_set(arena, built, "name",
			 tree_text(arena, at, deckhouse_name(arena, "usb-", device->name, NAME_LENGTH_MAX)));
		tree_set(arena, built, "deviceName", tree_format(arena, at, USB_RESOURCE_PREFIX "%s", device->name));
		tree_append(arena, machine_patch_list(machine, "hostDevices", at), built);
	}
}

/* --- migration --- */

static struct yaml_node *labels_build(struct machine *machine, const char *key, const char *value,
				      const struct yaml_node *at)
{
	struct yaml_node *labels = tree_mapping(machine->arena, at);

	tree_set(machine->arena, labels, key, tree_text(machine->arena, at, value));
	return labels;
}

/* A policy of the VM's own: it goes by a label that has the VM's name. Policies are the cluster's, so that the namespace is
 * in the name, too. */
static struct yaml_node *policy_build(struct machine *machine, const struct yaml_node *at)
{
	struct arena *arena = machine->arena;
	const char *namespace_name = machine->translation->namespace_name;
	const char *policy = machine->spec->live_migration;
	bool forced = text_equal(policy, "AlwaysForced") || text_equal(policy, "PreferForced");
	struct yaml_node *object = tree_mapping(arena, at), *spec, *selectors;

	tree_set(arena, object, "apiVersion", tree_text(arena, at, "migrations.kubevirt.io/v1alpha1"));
	tree_set(arena, object, "kind", tree_text(arena, at, "MigrationPolicy"));
	tree_set(arena, tree_mapping_at(arena, object, "metadata", at), "name",
		 tree_format(arena, at, "%s.%s", namespace_name, machine->document->name));
	spec = tree_mapping_at(arena, object, "spec", at);
	tree_set(arena, spec, "allowAutoConverge", tree_boolean(arena, at, forced));
	selectors = tree_mapping_at(arena, spec, "selectors", at);
	tree_set(arena, selectors, "namespaceSelector",
		 labels_build(machine, "kubernetes.io/metadata.name", namespace_name, at));
	tree_set(arena, selectors, "virtualMachineInstanceSelector",
		 labels_build(machine, POLICY_LABEL, machine->document->name, at));
	return object;
}

void machine_set_migration(struct machine *machine)
{
	const struct yaml_node *at = yaml_get(machine->document->spec, "liveMigrationPolicy");

	if (machine->spec->live_migration == NULL)
		return;
	tree_set(machine->arena, tree_mapping_at(machine->arena, machine->vm, "labels", at), POLICY_LABEL,
		 tree_text(machine->arena, at, machine->document->name));
	translation_add_object(machine->translation, policy_build(machine, at));
}
