/* What of VirtualMachine's table is around the VM: networks, USB devices, workers and neighbours. */
#include "render/dialects/deckhouse/machines.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/values.h"

enum { NETWORKS_MAX = 16, USB_DEVICES_MAX = 8, INTERFACE_ID_MAX = 16383 };

/* --- networks and USB --- */

static const void *ip_name_read(struct reader *reader, const struct yaml_pair *pair)
{
	return reader_refuse(
		reader, pair->value,
		"%s cannot be had, since KubeVirt gives out no addresses; set the address in the guest, by "
		"cloud-init, and remove it",
		pair->key);
}

static const char *const network_types[] = { "Main", "Network", "ClusterNetwork", NULL };
static const struct value_type network_kind_type = { .name = "text", .shape = VALUE_TEXT, .allowed = network_types };
static const struct value_type id_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = INTERFACE_ID_MAX,
};
#define NETWORK(member) offsetof(struct machine_network, member)

static const struct field network_fields[] = {
	{ "id", NULL, NETWORK(id), &id_type, "The interface's number, after which a guest may name it: eno2 for 2.",
	  .fallback = NULL },
	{ "ipAddressName", ip_name_read, NETWORK(name), &deckhouse_refused_type,
	  "Refused: KubeVirt gives out no addresses.", .fallback = NULL },
	{ "name", object_name_read, NETWORK(name), &object_name_type,
	  "The network: a NetworkAttachmentDefinition of that name, or what networks of a Mapping make of it. The "
	  "cluster's own network, Main, has none.",
	  .fallback = NULL },
	{ "type", NULL, NETWORK(type), &network_kind_type,
	  "Main is the cluster's own network, of which there can be one. A ClusterNetwork needs an entry in networks "
	  "of a Mapping, which says in which namespace it is.",
	  .presence = FIELD_REQUIRED },
	{ "virtualMachineMACAddressName", object_name_read, NETWORK(mac_name), &object_name_type,
	  "The " DECKHOUSE_MAC " with the interface's MAC address.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type network_type = {
	.name = "DeckhouseNetwork",
	.shape = VALUE_OBJECT,
	.fields = network_fields,
	.size = sizeof(struct machine_network),
};
const struct value_type machine_networks_type = {
	.shape = VALUE_LIST,
	.items = &network_type,
	.items_max = NETWORKS_MAX,
};

static const struct field usb_device_fields[] = {
	{ "name", object_name_read, offsetof(struct machine_usb_device, name), &object_name_type,
	  "The device's name. The cluster's KubeVirt must permit the resource kubevirt.io/NAME.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

static const struct value_type usb_device_type = {
	.name = "DeckhouseUSBDevice",
	.shape = VALUE_OBJECT,
	.fields = usb_device_fields,
	.size = sizeof(struct machine_usb_device),
};
const struct value_type machine_usb_devices_type = {
	.shape = VALUE_LIST,
	.items = &usb_device_type,
	.items_max = USB_DEVICES_MAX,
};

/* --- affinity --- */

#define NEIGHBOURHOOD(member) offsetof(struct machine_neighbourhood, member)

static const struct value_type preferred_type = { .name = "list of weight and virtualMachineAndPodAffinityTerm",
						  .shape = VALUE_ANY };
static const struct value_type required_type = { .name = "Kubernetes' PodAffinityTerms", .shape = VALUE_ANY };
static const struct value_type node_affinity_type = { .name = "Kubernetes' NodeAffinity", .shape = VALUE_ANY };

static const struct field neighbourhood_fields[] = {
	{ "preferredDuringSchedulingIgnoredDuringExecution", deckhouse_read_sequence, NEIGHBOURHOOD(preferred),
	  &preferred_type,
	  "What is better, by weight. A term that Kubernetes calls podAffinityTerm is "
	  "virtualMachineAndPodAffinityTerm "
	  "here.",
	  .fallback = NULL },
	{ "requiredDuringSchedulingIgnoredDuringExecution", deckhouse_read_sequence, NEIGHBOURHOOD(required),
	  &required_type, "What must be. Terms go by the labels of VMs, and of pods.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type neighbourhood_type = {
	.name = "DeckhouseAffinityTerms",
	.shape = VALUE_OBJECT,
	.fields = neighbourhood_fields,
	.size = sizeof(struct machine_neighbourhood),
};

#define AFFINITY(member) offsetof(struct machine_affinity, member)

static const struct field affinity_fields[] = {
	{ "nodeAffinity", deckhouse_read_mapping, AFFINITY(node), &node_affinity_type,
	  "Which workers the VM wants, by their labels.", .fallback = NULL },
	{ "virtualMachineAndPodAffinity", NULL, AFFINITY(near), &neighbourhood_type,
	  "VMs and pods that it wants to be with.", .fallback = NULL },
	{ "virtualMachineAndPodAntiAffinity", NULL, AFFINITY(apart), &neighbourhood_type,
	  "VMs and pods that it wants to be away from.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type machine_affinity_type = {
	.name = "DeckhouseAffinity",
	.shape = VALUE_OBJECT,
	.fields = affinity_fields,
	.size = sizeof(struct machine_affinity),
};
