#include "render/objects/keyfile.h"

#include <string.h>

#include "render/objects/network_data.h"

enum family { FAMILY_IPV4, FAMILY_IPV6 };

static const struct {
	const char *section;
	const char *method_without_address;
	const char *default_route;
} families[] = {
	[FAMILY_IPV4] = { "ipv4", "disabled", "0.0.0.0/0" },
	[FAMILY_IPV6] = { "ipv6", "link-local", "::/0" },
};

static enum family family_of(const char *address)
{
	return strchr(address, ':') ? FAMILY_IPV6 : FAMILY_IPV4;
}

static const char *gateway_of(const struct lab_interface *interface, enum family family)
{
	for (size_t i = 0; i < sizeof(interface->gateway) / sizeof(interface->gateway[0]); i++) {
		if (interface->gateway[i] && family_of(interface->gateway[i]) == family)
			return interface->gateway[i];
	}
	return NULL;
}

static size_t addresses_write(const struct lab_interface *interface, enum family family, struct buffer *out)
{
	size_t count = 0;

	for (size_t i = 0; i < interface->address_count; i++) {
		if (family_of(interface->addresses[i]) == family)
			buffer_format(out, "address%zu=%s\n", ++count, interface->addresses[i]);
	}
	return count;
}

/* `gateway` is one that cannot be called so; NULL when there is none. */
static void routes_write(const struct lab_interface *interface, enum family family, const char *gateway,
			 struct buffer *out)
{
	size_t count = 0;

	for (size_t i = 0; i < interface->route_count; i++) {
		if (family_of(interface->routes[i].to) == family)
			buffer_format(out, "route%zu=%s,%s\n", ++count, interface->routes[i].to,
				      interface->routes[i].via);
	}
	if (gateway)
		buffer_format(out, "route%zu=%s,%s,%d\n", ++count, families[family].default_route, gateway,
			      GATEWAY_METRIC);
}

static void nameservers_write(const struct lab_interface *interface, enum family family, struct buffer *out)
{
	size_t count = 0;

	for (size_t i = 0; i < interface->nameserver_count; i++) {
		if (family_of(interface->nameservers[i]) == family)
			buffer_format(out, "%s%s;", count++ == 0 ? "dns=" : "", interface->nameservers[i]);
	}
	if (count > 0)
		buffer_append_char(out, '\n');
}

/* In a family that has no address, NetworkManager refuses nameservers, and a gateway
 * that is not written as a route: IPv6 routers are often known by link-local addresses. */
static void family_write(const struct lab_interface *interface, enum family family, struct buffer *out)
{
	cleanup(buffer) struct buffer lines = BUFFER_INIT;
	const char *gateway = gateway_of(interface, family);
	size_t addresses = addresses_write(interface, family, &lines);

	if (addresses > 0 && gateway)
		buffer_format(&lines, "gateway=%s\nroute-metric=%d\n", gateway, GATEWAY_METRIC);
	if (addresses > 0)
		nameservers_write(interface, family, &lines);
	routes_write(interface, family, addresses > 0 ? NULL : gateway, &lines);
	buffer_format(out, "\n[%s]\nmethod=%s\n%s", families[family].section,
		      addresses > 0 ? "manual" : families[family].method_without_address, buffer_text(&lines));
}

void keyfile_write(const struct lab_interface *interface, struct buffer *out)
{
	buffer_format(out, "[connection]\nid=%s\ntype=ethernet\n\n[ethernet]\nmac-address=%s\n", interface->name,
		      interface->mac);
	if (interface->link->mtu > 0)
		buffer_format(out, "mtu=%lld\n", (long long)interface->link->mtu);
	family_write(interface, FAMILY_IPV4, out);
	family_write(interface, FAMILY_IPV6, out);
}
