#include "render/lab/vm_interfaces.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/address.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/names.h"
#include "render/lab/values.h"
#include "render/lab/vm_disk_values.h"

enum { NICS_MAX = 32, NIC_NAME_MAX = 63 };

#define NIC_NAME_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"

static const char *const models[] = { "virtio", "e1000", "e1000e", "igb", "ne2k_pci", "pcnet", "rtl8139", NULL };
static const char *const bindings[] = { "masquerade", "bridge", "sriov", NULL };
static const char *const states[] = { "up", "down", NULL };

static const struct value_type model_type = { .name = "text", .shape = VALUE_TEXT, .allowed = models };
static const struct value_type binding_type = { .name = "text", .shape = VALUE_TEXT, .allowed = bindings };
static const struct value_type state_type = { .name = "text", .shape = VALUE_TEXT, .allowed = states };
static const struct value_type nic_name_type = {
	.name = "name", .shape = VALUE_TEXT, .pattern = "^[A-Za-z0-9_-]{1,63}$", /* NIC_NAME_MAX */
};
static const struct value_type nic_network_type = {
	.name = "pod, name or namespace/name",
	.shape = VALUE_TEXT,
	.pattern = "^([a-z0-9]([-a-z0-9]*[a-z0-9])?/)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",
};
static const struct value_type nic_mac_type = {
	.name = "MAC address",
	.shape = VALUE_TEXT,
	.pattern = "^[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}$",
};

static const void *nic_name_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	text = pair->value->text;
	if (*text == '\0' || strlen(text) > NIC_NAME_MAX || text[strspn(text, NIC_NAME_CHARACTERS)] != '\0')
		return reader_refuse(reader, pair->value, "name %s must be 1 to %d letters, digits, \"_\" and \"-\"",
				     reader_quote(reader, text), NIC_NAME_MAX);
	return text;
}

static const void *nic_network_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (is_attachment_name(pair->value->text))
		return pair->value->text;
	return reader_refuse(reader, pair->value,
			     "network %s names no network; write pod, or the name or namespace/name of a "
			     "NetworkAttachmentDefinition in lower case",
			     reader_quote(reader, pair->value->text));
}

/* KubeVirt keeps 02:00:00:00:00:00 for itself. */
static const void *nic_mac_read(struct reader *reader, const struct yaml_pair *pair)
{
	static const uint8_t none[MAC_ADDRESS_SIZE] = { 0 }, reserved[MAC_ADDRESS_SIZE] = { 2 };
	uint8_t mac[MAC_ADDRESS_SIZE];
	char text[MAC_ADDRESS_TEXT_SIZE];
	const char *quoted;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	quoted = reader_quote(reader, pair->value->text);
	if (!mac_parse(pair->value->text, mac))
		return reader_refuse(reader, pair->value,
				     "mac %s is not six bytes in hex; write it like 32:20:22:99:99:01", quoted);
	if (mac[0] & 1)
		return reader_refuse(reader, pair->value, "mac %s is a multicast address; make its first byte even",
				     quoted);
	if (memcmp(mac, none, sizeof(none)) == 0 || memcmp(mac, reserved, sizeof(reserved)) == 0)
		return reader_refuse(reader, pair->value, "mac %s cannot be used; choose another", quoted);
	return arena_copy(reader->arena, mac_write(mac, text), MAC_ADDRESS_TEXT_SIZE - 1);
}

#define OFFSET(member) offsetof(struct lab_nic, member)

static const struct field nic_fields[] = {
	{ "name", nic_name_read, OFFSET(name), &nic_name_type,
	  "The NIC's name, unique among the VM's NICs and other than those of its links.",
	  .presence = FIELD_REQUIRED },
	{ "network", nic_network_read, OFFSET(network), &nic_network_type,
	  "What it is plugged into: pod for the cluster's own network, of which a VM has one NIC at most, or a "
	  "NetworkAttachmentDefinition that is there, by its name or as namespace/name.",
	  .presence = FIELD_REQUIRED },
	{ "model", NULL, OFFSET(model), &model_type,
	  "The card that the guest sees. Without it virtio, or what the preference says.", .fallback = NULL },
	{ "mac", nic_mac_read, OFFSET(mac), &nic_mac_type,
	  "Its MAC address. Without it, one that follows from the names and stays.", .fallback = NULL },
	{ "bind", NULL, OFFSET(binding), &binding_type,
	  "How it is plugged in: behind the pod's address (masquerade, of network pod alone), on the network itself "
	  "(bridge), or as a part of a card of the worker (sriov). Without it masquerade for network pod, bridge "
	  "for others.",
	  .fallback = NULL },
	{ "bootOrder", NULL, OFFSET(boot_order), &boot_order_type,
	  "The place of the NIC among what the firmware tries to boot from, the lowest first. Without it, the "
	  "firmware does not boot from it.",
	  .fallback = NULL },
	{ "state", NULL, OFFSET(state), &state_type, "Whether the cable is plugged in. Without it, up.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type nic_type = {
	.name = "NIC",
	.shape = VALUE_OBJECT,
	.fields = nic_fields,
	.size = sizeof(struct lab_nic),
};
const struct value_type nics_type = { .shape = VALUE_LIST, .items = &nic_type, .items_max = NICS_MAX };

const struct place *nic_place(const struct lab_nic *nic, size_t offset)
{
	return object_place(&nic_type, nic, offset);
}

bool nic_is_on_pod_network(const struct lab_nic *nic)
{
	return text_equal(nic->network, NIC_POD_NETWORK);
}

const char *nic_binding(const struct lab_nic *nic)
{
	if (nic->binding)
		return nic->binding;
	return nic_is_on_pod_network(nic) ? "masquerade" : "bridge";
}

bool vm_has_pod_network(const struct lab_vm *vm)
{
	for (size_t i = 0; vm->interfaces && i < vm->interfaces->count; i++)
		if (nic_is_on_pod_network(vm->interfaces->items[i]))
			return true;
	return vm->interfaces == NULL;
}

const struct port_list *vm_forwarded_ports(const struct lab_vm *vm)
{
	for (size_t i = 0; vm->interfaces && i < vm->interfaces->count; i++) {
		const struct lab_nic *nic = vm->interfaces->items[i];

		if (nic_is_on_pod_network(nic) && !text_equal(nic_binding(nic), "masquerade"))
			return NULL;
	}
	return vm->ports;
}

/* What KubeVirt's admitter says of bindings, models and states. */
static void nic_check(struct reader *reader, const struct lab_nic *nic)
{
	bool is_sriov = text_equal(nic->binding, "sriov");

	if (text_equal(nic->binding, "masquerade") && !nic_is_on_pod_network(nic))
		reader_error_at(reader, nic_place(nic, OFFSET(binding)),
				"bind masquerade is only of network pod; use bridge or sriov, or remove it");
	if (is_sriov && nic_is_on_pod_network(nic))
		reader_error_at(reader, nic_place(nic, OFFSET(binding)),
				"bind sriov is not of network pod; use masquerade or bridge, or remove it");
	if (is_sriov && nic->model)
		reader_error_at(reader, nic_place(nic, OFFSET(model)),
				"model does not go with bind sriov, where the guest sees the worker's own card; "
				"remove it");
	if (is_sriov && nic->state)
		reader_error_at(reader, nic_place(nic, OFFSET(state)),
				"state does not go with bind sriov, whose cable is the worker's; remove it");
}

static void nic_unique_check(struct reader *reader, const struct value_list *list, size_t index)
{
	const struct lab_nic *nic = list->items[index];

	for (size_t i = 0; i < index; i++) {
		const struct lab_nic *other = list->items[i];

		if (text_equal(nic->name, other->name))
			reader_error_at(reader, nic_place(nic, OFFSET(name)),
					"two interfaces are named \"%s\"; rename one", nic->name);
		if (nic_is_on_pod_network(nic) && nic_is_on_pod_network(other))
			reader_error_at(reader, nic_place(nic, OFFSET(network)),
					"interface \"%s\" is on the pod network already, and a VM has one NIC there; "
					"use a NetworkAttachmentDefinition",
					other->name);
	}
}

const void *nics_read(struct reader *reader, const struct yaml_pair *pair)
{
	size_t before = reader->errors;
	const struct value_list *list = value_read(reader, pair, &nics_type);

	for (size_t i = 0; list && reader->errors == before && i < list->count; i++)
		nic_check(reader, list->items[i]);
	for (size_t i = 0; list && reader->errors == before && i < list->count; i++)
		nic_unique_check(reader, list, i);
	return list;
}
