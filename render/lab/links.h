/* A lab's links and their connectors. */
#pragma once

#include "render/lab/connectors.h"

struct link_list {
	struct lab_link *links; /* by name */
	size_t link_count;
	struct connector *connectors; /* by link, then position */
	size_t connector_count;
};

/* What links have in common: spec.defaults.link and the like. */
struct lab_link_defaults {
	struct settings settings;
	const char *driver;
	const int64_t *mtu, *vlan;
	const char *bridge;
};

enum {
	LAB_LINKS_MAX = 4000,
	/* From what IPv4 needs (RFC 791) to the largest that Linux sets. */
	LINK_MTU_MIN = 68,
	LINK_MTU_MAX = 65535
};

extern const struct value_type links_type, link_defaults_type;

/* `mapping` is spec.links of the lab called `lab`; `defaults` is what the layers
 * below it come to, NULL when there are none. */
void links_read(struct reader *reader, const char *lab, const struct yaml_node *mapping,
		const struct lab_link_defaults *defaults, struct link_list *list);
