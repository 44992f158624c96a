#include "render/dialects/vmoperator/network_fields.h"

#include <string.h>

#include "base/text.h"
#include "render/dialects/vmoperator/words.h"
#include "render/lab/address.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/values.h"

static const struct value_type texts_type = { .shape = VALUE_LIST, .items = &text_type, .items_max = 64 };

/* "group/version". */
static const void *api_version_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *slash;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	slash = strchr(pair->value->text, '/');
	if (slash == NULL || slash == pair->value->text || slash[1] == '\0')
		return reader_refuse(
			reader, pair->value,
			"apiVersion %s is no group and version; write it like netoperator.vmware.com/v1alpha1",
			reader_quote(reader, pair->value->text));
	return pair->value->text;
}

#define REFERENCE(member) offsetof(struct network_reference, member)

static const struct field network_reference_fields[] = {
	{ "apiVersion", api_version_read, REFERENCE(api_version), &text_type,
	  "The version of the network's object. Only its form is looked at.", .fallback = NULL },
	{ "kind", NULL, REFERENCE(kind), &text_type,
	  "The kind of the network's object. A Mapping may tell networks of one name apart as KIND/NAME; a "
	  "NetworkAttachmentDefinition needs no Mapping.",
	  .fallback = NULL },
	{ "name", NULL, REFERENCE(name), &text_type,
	  "The network: a name in a Mapping's networks, or a NetworkAttachmentDefinition.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

const struct value_type network_reference_type = {
	.name = "VMOperatorNetworkReference",
	.shape = VALUE_OBJECT,
	.fields = network_reference_fields,
	.size = sizeof(struct network_reference),
};

static const struct value_type metric_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = INT32_MAX,
};

#define ROUTE(member) offsetof(struct route_spec, member)

static const struct field route_spec_fields[] = {
	{ "to", NULL, ROUTE(to), &text_type, "Where to: an address with prefix length, or default.",
	  .presence = FIELD_REQUIRED },
	{ "via", NULL, ROUTE(via), &text_type, "The address of the next hop.", .presence = FIELD_REQUIRED },
	{ "metric", NULL, ROUTE(metric), &metric_type, "The lower, the better.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type route_spec_type = {
	.name = "VMOperatorRoute",
	.shape = VALUE_OBJECT,
	.fields = route_spec_fields,
	.size = sizeof(struct route_spec),
};

/* Letters and digits, two at least. */
static const void *interface_name_read(struct reader *reader, const struct yaml_pair *pair)
{
	static const char characters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	const char *text;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	text = pair->value->text;
	if (strlen(text) < 2 || strlen(text) > 15 || text[strspn(text, characters)] != '\0')
		return reader_refuse(reader, pair->value,
				     "name %s must be 2 to 15 lower-case letters and digits, like eth0",
				     reader_quote(reader, text));
	return text;
}

/* A Linux interface's name. */
static const void *device_name_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	text = pair->value->text;
	if (*text == '\0' || strlen(text) > 15 || strchr(text, '/') || !value_is_one_word(text))
		return reader_refuse(reader, pair->value,
				     "guestDeviceName %s is no name of an interface; use 1 to 15 letters and digits",
				     reader_quote(reader, text));
	return text;
}

static const void *domain_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL ||
	    !domain_check(reader, pair->key, pair->value->text, pair->value->line, pair->value->column))
		return NULL;
	return pair->value->text;
}

static const void *mac_read(struct reader *reader, const struct yaml_pair *pair)
{
	uint8_t mac[MAC_ADDRESS_SIZE];
	char text[MAC_ADDRESS_TEXT_SIZE];

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!mac_parse(pair->value->text, mac))
		return reader_refuse(reader, pair->value,
				     "macAddr %s is not six bytes in hex; write it like 00:50:56:99:00:01",
				     reader_quote(reader, pair->value->text));
	return arena_copy(reader->arena, mac_write(mac, text), MAC_ADDRESS_TEXT_SIZE - 1);
}

static const struct value_type interface_name_type = {
	.name = "name",
	.shape = VALUE_TEXT,
	.pattern = "^[a-z0-9]{2,15}$",
};
static const struct value_type routes_type = { .shape = VALUE_LIST, .items = &route_spec_type, .items_max = 64 };
static const struct value_type mtu_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 68,
	.maximum = 65535,
};

#define INTERFACE(member) offsetof(struct interface_spec, member)

static const struct field interface_spec_fields[] = {
	{ "name", interface_name_read, INTERFACE(name), &interface_name_type,
	  "The interface's name, unique in the VM.", .presence = FIELD_REQUIRED },
	{ "network", NULL, INTERFACE(network), &network_reference_type,
	  "What it is plugged into. Without it the first one is on the pod network, further ones on the network that "
	  "a "
	  "Mapping calls default.",
	  .fallback = NULL },
	{ "guestDeviceName", device_name_read, INTERFACE(guest_device), &text_type,
	  "The interface's name in the guest. Only with CloudInit. Without it, its name.", .fallback = NULL },
	{ "macAddr", mac_read, INTERFACE(mac), &text_type,
	  "Since v1alpha3: its MAC address. Without it, one that follows from the names.", .fallback = NULL },
	{ "addresses", NULL, INTERFACE(addresses), &texts_type, "IPv4 and IPv6 addresses with prefix length.",
	  .fallback = NULL },
	{ "dhcp4", NULL, INTERFACE(dhcp[0]), &boolean_type,
	  "Whether the guest asks for an IPv4 address. Without it, it does when neither addresses nor dhcp6 are "
	  "given.",
	  .fallback = NULL },
	{ "dhcp6", NULL, INTERFACE(dhcp[1]), &boolean_type, "Whether the guest asks for an IPv6 address.",
	  .fallback = "false" },
	{ "gateway4", NULL, INTERFACE(gateway[0]), &text_type, "The next hop of the default route of IPv4, or None.",
	  .fallback = NULL },
	{ "gateway6", NULL, INTERFACE(gateway[1]), &text_type, "The next hop of the default route of IPv6, or None.",
	  .fallback = NULL },
	{ "mtu", NULL, INTERFACE(mtu), &mtu_type, "The largest packet in bytes. Only with CloudInit.",
	  .fallback = NULL },
	{ "nameservers", NULL, INTERFACE(nameservers), &texts_type, "DNS servers. Only with CloudInit.",
	  .fallback = NULL },
	{ "searchDomains", NULL, INTERFACE(search_domains), &texts_type, "DNS search domains. Only with CloudInit.",
	  .fallback = NULL },
	{ "routes", NULL, INTERFACE(routes), &routes_type, "Static routes. Only with CloudInit.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type interface_spec_type = {
	.name = "VMOperatorInterface",
	.shape = VALUE_OBJECT,
	.fields = interface_spec_fields,
	.size = sizeof(struct interface_spec),
};

static const struct value_type interfaces_type = {
	.shape = VALUE_LIST,
	.items = &interface_spec_type,
	.items_max = INTERFACES_MAX,
};

#define NETWORK(member) offsetof(struct network_spec, member)

static const struct field network_spec_fields[] = {
	{ "hostName", host_name_read, NETWORK(host_name), &host_name_type,
	  "The guest's host name. Without it, the VM's name.", .fallback = NULL },
	{ "domainName", domain_read, NETWORK(domain_name), &object_name_type,
	  "Since v1alpha3: the guest's domain, which cloud-init is told as a part of fqdn.", .fallback = NULL },
	{ "disabled", NULL, NETWORK(disabled), &boolean_type, "Whether the VM has no network adapter at all.",
	  .fallback = "false" },
	{ "nameservers", NULL, NETWORK(nameservers), &texts_type,
	  "DNS servers of the whole guest. With LinuxPrep and Sysprep; with CloudInit only if it takes them for all "
	  "interfaces.",
	  .fallback = NULL },
	{ "searchDomains", NULL, NETWORK(search_domains), &texts_type,
	  "DNS search domains of the whole guest. With LinuxPrep and Sysprep; with CloudInit only if it takes them "
	  "for "
	  "all interfaces.",
	  .fallback = NULL },
	{ "interfaces", NULL, NETWORK(interfaces), &interfaces_type,
	  "The network adapters. Without it, one on the pod network.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type network_spec_type = {
	.name = "VMOperatorNetwork",
	.shape = VALUE_OBJECT,
	.fields = network_spec_fields,
	.size = sizeof(struct network_spec),
};

static const char *const old_cards[] = { "vmxnet3", "vmxnet2", "e1000", "e1000e", "pcnet32", NULL };
static const struct value_type old_card_type = { .name = "text", .shape = VALUE_TEXT, .allowed = old_cards };

static const struct advice old_advice[] = {
	{ "networkType",
	  "says what carries the network in vSphere; here, its NetworkAttachmentDefinition does; remove it" },
	{ "providerRef", "refers to an object of vSphere's networks; map networkName by a Mapping, and remove it" },
	{ NULL, "" },
};

static const void *old_type_read(struct reader *reader, const struct yaml_pair *pair)
{
	return advice_warn(reader, pair, old_advice);
}

static const void *old_provider_read(struct reader *reader, const struct yaml_pair *pair)
{
	return advice_refuse(reader, pair, old_advice);
}

static const void *old_card_read(struct reader *reader, const struct yaml_pair *pair)
{
	return word_read(reader, pair, old_cards);
}

#define OLD(member) offsetof(struct interface_v1alpha1, member)

static const struct field interface_v1alpha1_fields[] = {
	{ "networkName", NULL, OLD(network_name), &text_type,
	  "The network: a name in a Mapping's networks, or a NetworkAttachmentDefinition.", .fallback = NULL },
	{ "ethernetCardType", old_card_read, OLD(card_type), &old_card_type,
	  "The card that the guest sees. Each of VMware's own is virtio here.", .fallback = NULL },
	{ "networkType", old_type_read, OLD(nothing), &vmoperator_ignored_type,
	  "What carries the network in vSphere; without effect.", .fallback = NULL },
	{ "providerRef", old_provider_read, OLD(nothing), &vmoperator_refused_type,
	  "An object of vSphere's networks.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type interface_v1alpha1_type = {
	.name = "VMOperatorInterfaceV1alpha1",
	.shape = VALUE_OBJECT,
	.fields = interface_v1alpha1_fields,
	.size = sizeof(struct interface_v1alpha1),
};
