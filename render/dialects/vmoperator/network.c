#include "render/dialects/vmoperator/network.h"

#include <strings.h>

#include "base/text.h"
#include "render/dialects/mapping.h"
#include "render/dialects/vmoperator/words.h"
#include "render/lab/address.h"
#include "render/lab/macs.h"

#define POD "pod"
#define DEFAULT_NETWORK "default"
#define FIRST_NAME "eth0"
#define ATTACHMENT_KIND "NetworkAttachmentDefinition"

bool gateway_is_given(const char *gateway)
{
	return gateway && *gateway && strcasecmp(gateway, "None") != 0;
}

const char *interface_guest_name(const struct interface_spec *spec)
{
	return spec->guest_device ? spec->guest_device : spec->name;
}

static bool is_disabled(const struct network_spec *network)
{
	return network && network->disabled && *network->disabled;
}

/* NULL after it told that it is not known. `index`: of the interface. */
static const char *network_of(struct machine *machine, const struct network_reference *reference, size_t index,
			      const struct yaml_node *at)
{
	const struct facts *facts = machine->translation->facts;
	const char *name = reference ? reference->name : NULL, *kind = reference ? reference->kind : NULL, *mapped;

	if (name && text_equal(kind, ATTACHMENT_KIND))
		return name;
	if (name) {
		mapped = kind ? mapping_network(facts, arena_format(machine->arena, "%s/%s", kind, name)) : NULL;
		if (mapped == NULL)
			mapped = mapping_network(facts, name);
		return mapped ? mapped : name;
	}
	if (index == 0)
		return POD;
	mapped = mapping_network(facts, DEFAULT_NETWORK);
	if (mapped == NULL)
		reader_refuse(
			machine->reader, at,
			"only the first interface can be on the pod network; name a network, or set default in a "
			"Mapping's networks");
	return mapped;
}

/* The class's adapters in order, for as many as it has. */
static void model_take(struct machine *machine, struct adapter *adapter, size_t index)
{
	const struct class_config *config = machine->class_spec ? machine->class_spec->config : NULL;
	const struct class_adapters *own = config ? config->adapters : NULL;

	if (own == NULL || index >= own->count)
		return;
	adapter->model = own->items[index].model;
	adapter->is_sriov = own->items[index].is_sriov;
}

static void mac_take(struct machine *machine, struct mac_set *macs, struct adapter *adapter)
{
	cleanup(free) char *identity =
		string_format("%s/%s/%s/%s", "vmoperator", machine->translation->namespace_name,
			      machine->document->name, adapter->spec->name);
	uint8_t mac[MAC_ADDRESS_SIZE];
	char text[MAC_ADDRESS_TEXT_SIZE];

	adapter->mac = adapter->spec->mac;
	if (adapter->mac)
		return;
	mac_set_generate(macs, identity, mac);
	adapter->mac = arena_copy(machine->arena, mac_write(mac, text), MAC_ADDRESS_TEXT_SIZE - 1);
}

static void adapter_add(struct machine *machine, struct adapters *adapters, struct mac_set *macs,
			const struct interface_spec *spec)
{
	size_t index = adapters->count;
	struct adapter *adapter = &adapters->items[index];

	*adapter = (struct adapter){
		.spec = spec,
		.at = tree_place(machine->arena, spec->settings.place.line, spec->settings.place.column),
	};
	adapter->network = network_of(machine, spec->network, index, adapter->at);
	if (adapter->network == NULL)
		return;
	adapter->is_on_pod_network = text_equal(adapter->network, POD);
	model_take(machine, adapter, index);
	if (adapter->is_sriov && adapter->is_on_pod_network) {
		reader_refuse(
			machine->reader, adapter->at,
			"class %s gives interface \"%s\" an SR-IOV card, which the pod network has none for; name "
			"a network",
			reader_quote(machine->reader, machine->spec->class_name), spec->name);
		return;
	}
	mac_take(machine, macs, adapter);
	adapters->count++;
}

/* Where VM Operator would add an interface by itself. */
static const struct interface_spec *default_interface(struct machine *machine, const struct yaml_node *at)
{
	struct interface_spec *spec = arena_new(machine->arena, sizeof(*spec));

	spec->name = FIRST_NAME;
	spec->settings.place = (struct place){ machine->reader->path, at->line, at->column };
	return spec;
}

/* v1alpha1's interfaces have no names, and nothing else that the guest could be told. */
static const struct interface_spec *old_interface(struct machine *machine, const struct interface_v1alpha1 *old,
						  size_t index)
{
	struct interface_spec *spec = arena_new(machine->arena, sizeof(*spec));
	struct network_reference *network = arena_new(machine->arena, sizeof(*network));

	network->name = old->network_name;
	spec->network = old->network_name ? network : NULL;
	spec->name = arena_format(machine->arena, "eth%zu", index);
	spec->settings.place = old->settings.place;
	return spec;
}

static void old_card_take(struct machine *machine, const struct interface_v1alpha1 *old, struct adapter *adapter)
{
	static const char *const models[][2] = { { "e1000", "e1000" },
						 { "e1000e", "e1000e" },
						 { "pcnet32", "pcnet" } };

	for (size_t i = 0; old->card_type && i < sizeof(models) / sizeof(models[0]); i++)
		if (text_equal(models[i][0], old->card_type)) {
			adapter->model = models[i][1];
			return;
		}
	if (old->card_type)
		reader_warn_at(
			machine->reader,
			object_place(&interface_v1alpha1_type, old, offsetof(struct interface_v1alpha1, card_type)),
			"%s is a virtio adapter here, for which the guest needs a driver", old->card_type);
}

static void adapters_collect(struct machine *machine, struct adapters *adapters)
{
	const struct machine_spec *spec = machine->spec;
	const struct value_list *interfaces = spec->network ? spec->network->interfaces : NULL,
				*old = spec->network_interfaces;
	cleanup(mac_set) struct mac_set macs = MAC_SET_INIT;

	mac_set_init(&macs, INTERFACES_MAX);
	for (size_t i = 0; interfaces && i < interfaces->count; i++)
		adapter_add(machine, adapters, &macs, interfaces->items[i]);
	for (size_t i = 0; old && i < old->count; i++) {
		size_t before = adapters->count;

		adapter_add(machine, adapters, &macs, old_interface(machine, old->items[i], i));
		if (adapters->count > before)
			old_card_take(machine, old->items[i], &adapters->items[before]);
	}
	if ((interfaces == NULL || interfaces->count == 0) && (old == NULL || old->count == 0))
		adapter_add(machine, adapters, &macs,
			    default_interface(machine, spec->network ? MACHINE_PLACE(machine, network)
								     : machine->document->spec));
}

static void adapter_set(struct machine *machine, const struct adapter *adapter, struct yaml_node *list)
{
	struct arena *arena = machine->arena;
	struct yaml_node *entry = tree_mapping(arena, adapter->at);

	tree_set(arena, entry, "name", tree_text(arena, adapter->at, adapter->spec->name));
	tree_set(arena, entry, "network", tree_text(arena, adapter->at, adapter->network));
	tree_set(arena, entry, "mac", tree_text(arena, adapter->at, adapter->mac));
	if (adapter->model)
		tree_set(arena, entry, "model", tree_text(arena, adapter->at, adapter->model));
	if (adapter->is_sriov)
		tree_set(arena, entry, "bind", tree_text(arena, adapter->at, "sriov"));
	tree_append(arena, list, entry);
}

static bool has_pod_network(const struct adapters *adapters)
{
	for (size_t i = 0; i < adapters->count; i++)
		if (adapters->items[i].is_on_pod_network)
			return true;
	return false;
}

void texts_set(struct machine *machine, struct yaml_node *target, const char *key, const struct value_list *texts)
{
	for (size_t i = 0; texts && i < texts->count; i++) {
		const struct yaml_node *at =
			tree_place(machine->arena, texts->places[i].line, texts->places[i].column);

		tree_append(machine->arena, tree_list_at(machine->arena, target, key, at),
			    tree_text(machine->arena, at, list_text(texts, i)));
	}
}

/* Of the whole guest: the pod network's DHCP tells it what its pod uses. */
static void resolver_take(struct machine *machine)
{
	const struct network_spec *network = machine->spec->network;
	const struct yaml_node *at;
	struct yaml_node *dns;

	if (network == NULL || (network->nameservers == NULL && network->search_domains == NULL) ||
	    machine->provider == PROVIDER_CLOUD_INIT)
		return;
	at = field_place(machine->arena, &network_spec_type, network,
			 network->nameservers ? offsetof(struct network_spec, nameservers)
					      : offsetof(struct network_spec, search_domains));
	if (machine->is_on_pod_network) {
		dns = tree_mapping_at(machine->arena, machine->vm, "dns", at);
		texts_set(machine, dns, "nameservers", network->nameservers);
		texts_set(machine, dns, "searches", network->search_domains);
	} else if (machine->provider != PROVIDER_LINUX_PREP) {
		reader_warn(machine->reader, at->line, at->column,
			    "nameservers and searchDomains reach the guest by the DHCP of the pod network, and no "
			    "interface "
			    "is on it; write them into the guest's own configuration");
	}
}

static void network_data_take(struct machine *machine, const struct adapters *adapters)
{
	struct yaml_node *cloud_init = yaml_get(machine->vm, "cloudInit");

	if (cloud_init && adapters->count)
		tree_set(machine->arena, cloud_init, "networkData", network_data_build(machine, adapters));
}

void machine_take_network(struct machine *machine)
{
	const struct yaml_node *at = MACHINE_PLACE(machine, network);
	struct yaml_node *list = tree_list(machine->arena, at);
	struct adapters adapters = { .count = 0 };
	size_t before = machine->reader->errors;

	if (!is_disabled(machine->spec->network))
		adapters_collect(machine, &adapters);
	else if (machine->spec->network->interfaces && machine->spec->network->interfaces->count)
		reader_refuse(machine->reader, at, "the network is disabled, but has interfaces; remove one of them");
	machine->is_on_pod_network = has_pod_network(&adapters);
	for (size_t i = 0; i < adapters.count; i++)
		adapter_set(machine, &adapters.items[i], list);
	tree_set(machine->arena, machine->vm, "interfaces", list);
	network_check(machine, &adapters);
	if (machine->reader->errors > before)
		return;
	resolver_take(machine);
	network_data_take(machine, &adapters);
}
