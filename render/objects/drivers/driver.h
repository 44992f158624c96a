/* How a link comes about on the cluster. Each driver is one file that answers
 * the same few questions: what it cannot do (asked while a lab is read), which
 * objects a link needs, and how VMs and pods are plugged into it. A new driver
 * is a file, a row in driver.c and a value of enum link_driver. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

struct reader;

struct driver {
	const char *name;

	/* What the reader holds against a link or its ends. Each text is the reason and what to use
	 * instead; NULL: the driver can do it. */
	const char *no_mtu, *no_vlan, *no_bridge, *no_network, *no_vni;
	const char *no_routes; /* on a pod; the gateway is another matter */
	const char *no_second_end; /* of one node on the link */
	const char *mac_ignored; /* of a pod: a warning */
	const char *needs_bridge, *needs_network; /* when there is none */

	/* What is left to refuse once all ends of the link are known; may be NULL. */
	void (*check)(struct reader *reader, const struct lab_link *link);

	bool is_node_local; /* its ends must run on one worker */

	/* Appends what the link itself needs; NULL: nothing. */
	void (*add_link)(const struct lab *lab, const struct lab_link *link, json_t *objects);

	/* What a pod's interface needs for itself; NULL when it shares the link's. New reference. */
	json_t *(*build_attachment)(const struct lab *lab, const struct lab_node *node,
				    const struct lab_interface *interface);

	/* The NetworkAttachmentDefinition that the interface uses. The caller frees. */
	char *(*attachment_name_new)(const struct lab_node *node, const struct lab_interface *interface);

	/* Adds to a VM's interface how it is bound. */
	void (*bind)(json_t *nic);

	/* Adds to a pod's entry in Multus' annotation what more it asks for; NULL: nothing. */
	void (*select)(const struct lab_node *node, const struct lab_interface *interface, json_t *selection);

	/* The extended resource of which a pod's interface takes one; NULL: none. The caller frees. */
	char *(*resource_new)(const struct lab_interface *interface);
};

extern const struct driver driver_bridge, driver_ovn, driver_ovs, driver_k8slan, driver_existing;

/* Of a link that joins another: refuses nothing and makes nothing, until the other's driver is known. */
extern const struct driver driver_joined;

enum { LAN_SPOKES_MAX = 4095 /* k8slan's own limit */ };

/* Whether the names that k8slan makes of the link and a spoke's number are short enough. */
bool lan_spoke_fits(const struct lab_link *link, size_t spoke);

/* By enum link_driver; ends with NULL. */
extern const char *const driver_names[];

const struct driver *driver_of(const struct lab_link *link);

/* The driver of that name; false when there is none. */
bool driver_parse(const char *name, enum link_driver *driver);
