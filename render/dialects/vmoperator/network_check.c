/* What of a network's configuration goes together: with the bootstrap provider, and with itself. */
#include "render/dialects/vmoperator/network.h"

#include <string.h>
#include <sys/socket.h>

#include "base/text.h"
#include "render/dialects/vmoperator/words.h"
#include "render/lab/address.h"
#include "render/lab/connectors.h"

enum {
	WITH_CLOUD_INIT = 1 << PROVIDER_CLOUD_INIT,
	WITH_LINUX_PREP = 1 << PROVIDER_LINUX_PREP,
	WITH_SYSPREP = 1 << PROVIDER_SYSPREP,
	WITH_ALL = WITH_CLOUD_INIT | WITH_LINUX_PREP | WITH_SYSPREP
};

/* VM Operator's own table of what each provider can tell the guest. */
static const struct provider_row {
	const char *field;
	size_t offset;
	unsigned providers;
} rows[] = {
	{ "guestDeviceName", offsetof(struct interface_spec, guest_device), WITH_CLOUD_INIT },
	{ "addresses", offsetof(struct interface_spec, addresses), WITH_ALL },
	{ "dhcp4", offsetof(struct interface_spec, dhcp[0]), WITH_ALL },
	{ "dhcp6", offsetof(struct interface_spec, dhcp[1]), WITH_ALL },
	{ "gateway4", offsetof(struct interface_spec, gateway[0]), WITH_ALL },
	{ "gateway6", offsetof(struct interface_spec, gateway[1]), WITH_ALL },
	{ "mtu", offsetof(struct interface_spec, mtu), WITH_CLOUD_INIT },
	{ "nameservers", offsetof(struct interface_spec, nameservers), WITH_CLOUD_INIT },
	{ "routes", offsetof(struct interface_spec, routes), WITH_CLOUD_INIT },
	{ "searchDomains", offsetof(struct interface_spec, search_domains), WITH_CLOUD_INIT },
};

static bool is_set(const struct interface_spec *spec, size_t offset)
{
	return *(const void *const *)(const void *)((const char *)spec + offset) != NULL;
}

static const struct place *place_of(const struct interface_spec *spec, size_t offset)
{
	return object_place(&interface_spec_type, spec, offset);
}

/* An answer file is taken as it is, so that what Sysprep could tell must stand in it. */
static void provider_check(struct machine *machine, const struct interface_spec *spec)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct place *place = place_of(spec, rows[i].offset);

		if (!is_set(spec, rows[i].offset))
			continue;
		if (machine->provider == PROVIDER_NONE)
			reader_warn_at(
				machine->reader, place,
				"nobody tells the guest its %s without a bootstrap provider; add bootstrap.cloudInit",
				rows[i].field);
		else if (!(rows[i].providers & 1U << machine->provider))
			reader_error_at(machine->reader, place,
					"%s is not among what %s tells a guest; use CloudInit", rows[i].field,
					provider_name(machine->provider));
		else if (machine->provider == PROVIDER_SYSPREP)
			reader_error_at(machine->reader, place,
					"%s cannot be written into the answer file of Sysprep by labsync; write it "
					"there, and "
					"remove it here",
					rows[i].field);
	}
}

static void addresses_check(struct machine *machine, const struct value_list *addresses, bool has[2])
{
	struct ip_prefix prefix;

	for (size_t i = 0; addresses && i < addresses->count; i++) {
		const char *text = list_text(addresses, i);
		const struct place *place = &addresses->places[i];

		/* Also of one that is wrong, which is told once. */
		has[strchr(text, ':') != NULL] = true;
		if (!ip_prefix_parse(text, &prefix))
			reader_error_at(machine->reader, place,
					"address %s is no address with prefix length; write it like 192.0.2.10/24",
					reader_quote(machine->reader, text));
		else
			connector_address_check(machine->reader,
						tree_place(machine->arena, place->line, place->column), text,
						&prefix);
	}
}

static void servers_check(struct machine *machine, const struct value_list *servers)
{
	struct ip_address address;

	for (size_t i = 0; servers && i < servers->count; i++)
		if (!ip_address_parse(list_text(servers, i), &address))
			reader_error_at(machine->reader, &servers->places[i], "nameserver %s is no IP address",
					reader_quote(machine->reader, list_text(servers, i)));
}

static void domains_check(struct machine *machine, const struct value_list *domains)
{
	for (size_t i = 0; domains && i < domains->count; i++)
		domain_check(machine->reader, "search domain", list_text(domains, i), domains->places[i].line,
			     domains->places[i].column);
}

/* Whether the guest has a way to `hop` over the interface. It does not depend on `addresses` where those are DHCP's. */
static bool reaches(const struct interface_spec *spec, const struct ip_address *hop)
{
	bool has_family = false;
	struct ip_prefix prefix;

	if (ip_address_is_link_local(hop))
		return true;
	for (size_t i = 0; spec->addresses && i < spec->addresses->count; i++) {
		if (!ip_prefix_parse(list_text(spec->addresses, i), &prefix) || prefix.address.family != hop->family)
			continue;
		if (ip_prefix_contains(&prefix, hop))
			return true;
		has_family = true;
	}
	return !has_family;
}

static void hop_check(struct machine *machine, const struct interface_spec *spec, const char *what, const char *text,
		      const struct ip_address *hop, const struct place *place)
{
	if (!reaches(spec, hop))
		reader_warn_at(machine->reader, place,
			       "%s %s is in none of the networks of addresses, so that the guest finds no way to it; "
			       "use one that is, or add an address",
			       what, text);
}

/* Of one family: dhcp, addresses and gateway. */
static void family_check(struct machine *machine, const struct interface_spec *spec, int index, bool has_address)
{
	int family = index ? AF_INET6 : AF_INET, number = index ? 6 : 4;
	size_t dhcp_offset =
		index ? offsetof(struct interface_spec, dhcp[1]) : offsetof(struct interface_spec, dhcp[0]);
	size_t gateway_offset =
		index ? offsetof(struct interface_spec, gateway[1]) : offsetof(struct interface_spec, gateway[0]);
	bool asks = spec->dhcp[index] && *spec->dhcp[index], leads = gateway_is_given(spec->gateway[index]);
	struct ip_address gateway;

	if (asks && (has_address || leads))
		reader_error_at(machine->reader, place_of(spec, dhcp_offset),
				"dhcp%d asks for what the interface has already, an %s %s; keep one of them", number,
				ip_family_name(family), has_address ? "address" : "gateway");
	else if (leads && !has_address)
		reader_error_at(machine->reader, place_of(spec, gateway_offset),
				"gateway%d needs an %s address; add one to addresses", number,
				ip_family_name(family));
	if (leads && (!ip_address_parse(spec->gateway[index], &gateway) || gateway.family != family))
		reader_error_at(machine->reader, place_of(spec, gateway_offset),
				"gateway%d %s is no %s address, nor None", number,
				reader_quote(machine->reader, spec->gateway[index]), ip_family_name(family));
	else if (leads)
		hop_check(machine, spec, index ? "gateway6" : "gateway4", spec->gateway[index], &gateway,
			  place_of(spec, gateway_offset));
}

static void route_check(struct machine *machine, const struct interface_spec *spec, const struct route_spec *route,
			const struct place *place)
{
	struct ip_prefix to;
	struct ip_address via;
	bool is_default = text_equal(route->to, "default");

	if (!is_default && !ip_prefix_parse(route->to, &to))
		reader_error_at(
			machine->reader, place,
			"route to %s has no address with prefix length, nor default; write it like 198.51.100.0/24",
			reader_quote(machine->reader, route->to));
	else if (!ip_address_parse(route->via, &via))
		reader_error_at(machine->reader, place, "route via %s has no IP address",
				reader_quote(machine->reader, route->via));
	else if (!is_default && to.address.family != via.family)
		reader_error_at(machine->reader, place, "route to %s goes via %s, which is of another family",
				route->to, route->via);
	else
		hop_check(machine, spec, "next hop", route->via, &via, place);
}

static void interface_check(struct machine *machine, const struct adapter *adapter)
{
	const struct interface_spec *spec = adapter->spec;
	bool has[2] = { false, false };

	addresses_check(machine, spec->addresses, has);
	for (int family = 0; family < 2; family++)
		family_check(machine, spec, family, has[family]);
	servers_check(machine, spec->nameservers);
	domains_check(machine, spec->search_domains);
	for (size_t i = 0; spec->routes && i < spec->routes->count; i++)
		route_check(machine, spec, spec->routes->items[i], &spec->routes->places[i]);
	if (adapter->is_on_pod_network && spec->addresses && spec->addresses->count &&
	    machine->provider != PROVIDER_NONE)
		reader_warn_at(machine->reader, place_of(spec, offsetof(struct interface_spec, addresses)),
			       "the pod network gives the guest an address by DHCP, and no other one reaches "
			       "anything; name a "
			       "network, or remove addresses");
}

/* In the guest the second would keep the kernel's name, and with it none of its addresses. */
static void guest_name_check(struct machine *machine, const struct interface_spec *spec,
			     const struct interface_spec *other)
{
	const struct interface_spec *named = spec->guest_device ? spec : other;

	if (text_equal(interface_guest_name(spec), interface_guest_name(other)))
		reader_error_at(machine->reader, place_of(named, offsetof(struct interface_spec, guest_device)),
				"interfaces \"%s\" and \"%s\" are both called %s in the guest; rename one",
				other->name, spec->name, interface_guest_name(spec));
}

static void names_check(struct machine *machine, const struct adapters *adapters, size_t index)
{
	const struct interface_spec *spec = adapters->items[index].spec;

	for (size_t i = 0; i < index; i++) {
		const struct interface_spec *other = adapters->items[i].spec;

		if (text_equal(other->name, spec->name))
			reader_error_at(machine->reader, place_of(spec, offsetof(struct interface_spec, name)),
					"two interfaces are named \"%s\"; rename one", spec->name);
		else
			guest_name_check(machine, spec, other);
	}
}

static void global_refuse(struct machine *machine, size_t offset, const char *field, const char *option)
{
	reader_error_at(machine->reader, object_place(&network_spec_type, machine->spec->network, offset),
			"CloudInit does not tell a guest the %s of its network as a whole; write them at each "
			"interface, or set "
			"%s: true in cloudInit",
			field, option);
}

static bool holds(const bool *option)
{
	return option && *option;
}

static void global_check(struct machine *machine, const struct network_spec *network)
{
	const struct bootstrap_spec *bootstrap = machine->spec->bootstrap;
	const struct cloud_init_spec *cloud_init = bootstrap ? bootstrap->cloud_init : NULL;

	servers_check(machine, network->nameservers);
	domains_check(machine, network->search_domains);
	if (machine->provider != PROVIDER_CLOUD_INIT)
		return;
	if (network->nameservers && !holds(cloud_init ? cloud_init->global_nameservers : NULL))
		global_refuse(machine, offsetof(struct network_spec, nameservers), "nameservers",
			      "useGlobalNameserversAsDefault");
	if (network->search_domains && !holds(cloud_init ? cloud_init->global_search_domains : NULL))
		global_refuse(machine, offsetof(struct network_spec, search_domains), "searchDomains",
			      "useGlobalSearchDomainsAsDefault");
}

void network_check(struct machine *machine, const struct adapters *adapters)
{
	for (size_t i = 0; i < adapters->count; i++) {
		provider_check(machine, adapters->items[i].spec);
		interface_check(machine, &adapters->items[i]);
		names_check(machine, adapters, i);
	}
	if (machine->spec->network)
		global_check(machine, machine->spec->network);
}
