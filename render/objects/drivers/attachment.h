/* What drivers have alike: NetworkAttachmentDefinitions, addresses given by
 * CNI's static plugin, and requests in Multus' annotation. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

/* A NetworkAttachmentDefinition. `subject` is the node or link that it serves; `config` is stolen. New reference. */
json_t *attachment_build(const struct lab *lab, const char *name, const char *subject, json_t *config);

/* True when the interface's addresses are set from outside: SR Linux and guests set their own. */
bool attachment_takes_addresses(const struct lab_node *node, const struct lab_interface *interface);

/* The attachment's name when that one holds the interface's addresses, which makes it the interface's own. */
char *attachment_own_name_new(const struct lab_node *node, const struct lab_interface *interface);

/* The name of what interfaces of that VLAN share: the link's own, or "<lab>-<link>-vlan<N>". */
char *attachment_shared_name_new(const struct lab_link *link, int64_t vlan);

/* The one of these two that the interface is on: its own when that holds its addresses. */
char *attachment_used_name_new(const struct lab_node *node, const struct lab_interface *interface);

/* Calls `add` for each VLAN among the ends that share an attachment, the link's own first. */
void attachment_each_vlan(const struct lab *lab, const struct lab_link *link, json_t *objects,
			  void (*add)(const struct lab *lab, const struct lab_link *link, int64_t vlan,
				      json_t *objects));

/* The routes and gateways of a pod's interface, each {to_key: PREFIX, via_key: NEXT-HOP}. New reference. */
json_t *attachment_routes_build(const struct lab_interface *interface, const char *to_key, const char *via_key);

/* {"type": "static", ...} with addresses, routes and gateways. New reference. */
json_t *attachment_ipam_build(const struct lab_interface *interface);

/* "ips" and "default-route" of an entry in Multus' annotation, for networks that take them. */
void attachment_request_addresses(const struct lab_node *node, const struct lab_interface *interface,
				  json_t *selection);

/* "mac" of such an entry. */
void attachment_request_mac(const struct lab_interface *interface, json_t *selection);

/* A driver's `select`: only the MAC is asked for, or the addresses too. */
void attachment_select_mac(const struct lab_node *node, const struct lab_interface *interface, json_t *selection);
void attachment_select_all(const struct lab_node *node, const struct lab_interface *interface, json_t *selection);

/* KubeVirt's bridge binding. */
void attachment_bind_bridge(json_t *nic);
