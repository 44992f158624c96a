/* Names that are made from other names. Equal input gives equal names on every
 * machine and run: a name is an identity on the cluster and in the guest. */
#pragma once

#include "render/lab/lab.h"

enum {
	NAME_MAX_LENGTH = 63, /* a DNS-1123 label: also what fits a label's value */
	BRIDGE_NAME_SIZE = 16, /* IFNAMSIZ: what Linux takes for a network interface, with its NUL */
	MAC_TEXT_SIZE = sizeof("02:00:00:00:00:00")
};

/* "<base>-<suffix>"; when that is too long, its beginning and a hash of the
 * whole. The caller frees. */
char *name_join_new(const char *base, const char *suffix);
/* The same for names that may have only `most` characters, some dozens. The caller frees. */
char *name_join_within_new(const char *base, const char *suffix, size_t most);

/* The DataVolume of a disk beside the VM's own, which is called as the node is. The caller frees. */
char *name_disk_new(const struct lab_node *node, const struct lab_disk *disk);

/* The claim of a pod's root. The caller frees. */
char *name_pod_disk_new(const struct lab_node *node);

/* The claim of SR Linux' configuration. The caller frees. */
char *name_srl_disk_new(const struct lab_node *node);

/* The Linux bridge that is the link on a worker. All labs of a cluster share a
 * worker's interface names, so it is hashed from namespace, lab and link. */
const char *name_bridge(const struct lab *lab, const struct lab_link *link, char name[BRIDGE_NAME_SIZE]);

/* The name of a VM's first NIC, on the pod network: "default", or the first of
 * "default-pod-1", "default-pod-2" ... that no link of the node is called. */
char *name_pod_network_new(const struct lab_node *node);

/* By which a node's guest knows itself, for ever: UUID and MAC addresses follow from it. "<namespace>/<lab>/<node>"; without
 * the lab where the objects are named without it, since their documents may move to another file. The caller frees. */
char *name_node_identity_new(const struct lab *lab, const char *node);

/* The MAC of that NIC. */
const char *name_pod_mac(const struct lab *lab, const struct lab_node *node, char mac[MAC_TEXT_SIZE]);

/* The MAC of one of a VM's `interfaces`, given or not: on the pod network it is that of the NIC above. */
const char *name_nic_mac(const struct lab *lab, const struct lab_node *node, const struct lab_nic *nic,
			 char mac[MAC_TEXT_SIZE]);
