/* spec.network and v1alpha1's networkInterfaces. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "render/lab/layers.h"
#include "render/lab/reader.h"

struct network_reference {
	struct settings settings;
	const char *api_version, *kind, *name;
};

struct route_spec {
	struct settings settings;
	const char *to, *via;
	const int64_t *metric;
};

struct interface_spec {
	struct settings settings;
	const char *name;
	const struct network_reference *network;
	const char *guest_device, *mac;
	const struct value_list *addresses; /* text */
	const bool *dhcp[2]; /* of IPv4 and IPv6, as all pairs here */
	const char *gateway[2];
	const int64_t *mtu;
	const struct value_list *nameservers, *search_domains; /* text */
	const struct value_list *routes; /* struct route_spec */
};

struct network_spec {
	struct settings settings;
	const char *host_name, *domain_name;
	const bool *disabled;
	const struct value_list *nameservers, *search_domains; /* text */
	const struct value_list *interfaces; /* struct interface_spec */
};

/* v1alpha1 */
struct interface_v1alpha1 {
	struct settings settings;
	const char *network_name, *card_type;
	const void *nothing;
};

extern const struct value_type network_spec_type, interface_spec_type, network_reference_type, route_spec_type,
	interface_v1alpha1_type;

enum { INTERFACES_MAX = 10 };
