/* The model of a lab: what a person wrote, checked, with every default filled
 * in, ready to become Kubernetes objects. Reads Lab and KNLConfig of KNL
 * (knl.kubenetlab.net/v1beta1), and labsync's own Lab and Defaults
 * (labsync.dev/v1alpha1).
 *
 * A model lives in its arena. Nothing in it is NULL unless the comment says so. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "render/lab/machine.h"
#include "render/lab/operations.h"
#include "render/lab/pod.h"
#include "render/lab/vm.h"

struct lab_file {
	const char *path; /* as it is shown to people, e.g. "labs/ospf.yaml" */
	const char *text;
	size_t length;
};

/* Other files of the repository, which labs refer to. */
struct lab_lookup {
	/* Reads the file at `path` (normalised, below `root`) whole into `text`, which is empty before.
	 * False with an error: it is not there, is no regular file, or is larger than `most` bytes. */
	bool (*read)(void *context, const char *path, size_t most, struct buffer *text, struct error *err);
	void *context;
	const char *root; /* the folder that paths never leave, as paths are shown; "" for none */
};

struct lab_options {
	const char *default_namespace; /* of labs that name none */
	/* What time it is, for `expires` and `schedule`; 0: no matter, nothing expires and everything is on. */
	time_t now;
	const struct lab_lookup *lookup; /* NULL: no file can be referred to */
};

/* What a person may ask of labsync on a Lab's metadata. */
#define LAB_ANNOTATION_ADOPT "labsync.dev/adopt"
#define LAB_ANNOTATION_PRUNE "labsync.dev/prune"

/* And on single objects. */
#define LAB_ANNOTATION_DISK_POLICY "labsync.dev/disk-policy" /* Delete: the disk goes with its node */
#define LAB_ANNOTATION_RESTART_POLICY "labsync.dev/restart-policy" /* Automatic: a change restarts the machine */

/* NODE_MACHINE is `virtualMachine`: a VM in KubeVirt's own words. */
enum node_type { NODE_VM, NODE_POD, NODE_SRL, NODE_MACHINE };

struct lab_route {
	const char *to; /* "192.168.30.0/24" */
	const char *via; /* "192.168.10.200" */
};

/* One end of a link. */
struct lab_interface {
	const struct lab_link *link;
	size_t position; /* among the link's ends, from 0, as they are listed */
	const char *name; /* unique in the node: the link's name, or "<link>-2" the second time */
	const char *port; /* pods: the interface's name in the pod; NULL when unset */
	const char *mac; /* lower-case, colons; generated from lab, node, link and position when not given */
	const char **addresses; /* "192.168.10.100/24" */
	size_t address_count;
	struct lab_route *routes; /* those given, without the gateways */
	size_t route_count;
	const char *gateway[2]; /* IPv4 and IPv6 next hops of a default route; NULL when unset */
	const char **nameservers; /* `dns` */
	size_t nameserver_count;
	const char *state; /* VMs: "up" or "down"; NULL when unset */
	int64_t vlan; /* the access VLAN of this end; 0: untagged */
	size_t line, column;
};

struct lab_node {
	const char *name;
	const char *object_name; /* "<lab>-<node>", or the plain name: a DNS-1123 label */
	enum node_type type;
	size_t line, column;
	const struct lab_vm *vm; /* of a NODE_VM; NULL otherwise */
	const struct lab_pod *pod; /* of a NODE_POD */
	const struct lab_srl *srl; /* of a NODE_SRL */
	const struct lab_machine *machine; /* of a NODE_MACHINE */
	struct lab_interface *interfaces; /* by link name, then position in the link: the guest's NIC order */
	size_t interface_count;
};

/* LINK_JOINED: that of another lab's link, which is not known until all labs were read. */
enum link_driver { LINK_BRIDGE, LINK_OVN, LINK_OVS, LINK_K8SLAN, LINK_EXISTING, LINK_JOINED };

/* What an end of a joined link asks of the driver. */
enum join_wish_kind { JOIN_WISH_VLAN, JOIN_WISH_ROUTES, JOIN_WISH_SECOND_END, JOIN_WISH_MAC };

struct lab_join_wish {
	enum join_wish_kind kind;
	const char *node;
	int64_t vlan;
	struct place place;
};

/* The link of another lab of the namespace, on which a link's ends are. */
struct lab_join {
	const char *lab, *link;
	struct place place;
	const struct lab_join_wish *wishes;
	size_t wish_count;
	bool has_vlans; /* the link there has VLANs */
	const size_t *spokes; /* k8slan: of the ends by position; NULL otherwise */
};

/* The numbers of a LAN's spokes beside those of its own link's ends, which are numbered from 0. */
struct lab_spokes {
	size_t own;
	const size_t *joined; /* ascending */
	size_t joined_count;
};

struct lab_link {
	const char *name;
	const char *object_name; /* "<lab>-<link>"; of one that is joined, that of the other lab's link */
	const struct lab_join
		*join; /* `join`: all but the name and the ends is the other link's; NULL: a link of its own */
	enum link_driver driver;
	int64_t mtu; /* bytes; 0: the driver's own */
	int64_t vlan; /* of the ends that name no other; 0: untagged */
	const char *bridge; /* ovs: the bridge on the workers; NULL otherwise */
	const char
		*network; /* existing: the NetworkAttachmentDefinition, "name" or "namespace/name"; NULL otherwise */
	int64_t vni; /* k8slan: 1 to 2^24 - 1, of this link alone; 0 otherwise */
	const int64_t
		*vlans; /* those that ends of other labs can be in beside `vlan`, as an attachment is made for each */
	size_t vlan_count;
	bool has_vlans; /* an end is in a VLAN, or all are */
	const struct lab_spokes *spokes; /* k8slan, when other labs join it; NULL otherwise */
	size_t end_count;
	size_t line, column;
};

/* A disk of no node in particular, which nodes then name as a claim: an entry of `disks`. */
struct lab_data_disk {
	struct settings settings;
	const char *name;
	const char *object_name; /* "<lab>-<name>", or the plain name */
	const char *image; /* with `from` and `upload` unset, too: blank */
	const char *size; /* NULL: as what it is cloned from */
	const char *checksum, *certificates, *image_secret; /* of the image, as in a VM */
	const struct lab_clone_source *from;
	const bool *upload;
	const char *storage_class, *access_mode, *volume_mode, *disk_policy;
	const struct value_map *labels, *annotations; /* text */
};

/* from: exactly one of the first three */
struct lab_clone_source {
	struct settings settings;
	const char *claim, *snapshot, *data_source;
	const char *namespace_name; /* NULL: the lab's */
};

/* What is done once to a VirtualMachine: an entry of `operations`. */
struct lab_operation {
	struct settings settings;
	const char *name;
	const char *machine; /* a node, or any VirtualMachine of the namespace */
	const char *machine_object; /* what it is called on the cluster */
	const char *type_name;
	enum operation_type type;
	const int64_t *grace_period; /* seconds */
	const char *snapshot, *target;
	const char *target_object; /* what the clone is called on the cluster */
};

/* What k8slan's LAN objects need to know of the workers; from KNLConfig. */
struct lab_lan_config {
	const char *vxlan_group; /* an IPv6 multicast address */
	const char *default_device; /* NULL when not given */
	const struct value_map *devices; /* worker to device; NULL when not given */
};

struct lab_reference {
	const char *namespace_name, *name;
	struct place place;
};

/* An object of Kubernetes' that the lab brings along: an entry of `objects`. */
struct lab_manifest {
	const struct manifest_kind *kind;
	const char *name;
	const struct yaml_node *root; /* a mapping with what its author wrote; only its metadata was looked at */
	const struct value_map *labels, *annotations; /* text; NULL: none */
	struct place place; /* of its name */
};

/* A PersistentVolumeClaim that a node has as a disk, or that is there for any node. */
struct lab_claim {
	const char *name;
	const char *node, *owner; /* its name, and its object's; both NULL: no node's, but of `disks` or `objects` */
	bool made; /* for this disk; false: it is there, and the node's `disks` name it */
	bool shared; /* `shareable` or `readOnly` */
	struct place place; /* of the disk's `pvc` or the disk, or else of the node */
};

struct lab {
	const char *name;
	const char *namespace_name;
	const char *group; /* of `instances`: what the file calls the lab; NULL: the lab is none */
	const char *path; /* the file's */
	size_t line, column; /* the document's */
	size_t name_line, name_column; /* of metadata.name */
	bool valid; /* false: named in the files but not usable; only name, namespace and place are set */
	bool translated; /* documents of dialects became it */
	bool adopt; /* annotation labsync.dev/adopt: what is there already under its names becomes the lab's */
	bool keep; /* annotation labsync.dev/prune: "false": nothing of it is ever removed */
	bool suspended; /* `suspend`: left as it is */
	bool expired; /* `expires` has passed: all of it goes */
	bool powered_off; /* outside the windows of `schedule`: nothing of it runs */
	time_t next_change; /* when expired or powered_off changes next; 0: never, or no time was given */
	const struct value_map *labels; /* text; for each of its objects; NULL: none */
	const struct lab_reference *dependencies; /* `dependsOn` */
	size_t dependency_count;
	const char *storage_class; /* of KNLConfig, Defaults or the lab; NULL: the cluster's default */
	const struct lab_lan_config *lan; /* NULL: no KNLConfig gives one */
	struct lab_node *nodes; /* by name */
	size_t node_count;
	struct lab_link *links; /* by name */
	size_t link_count;
	const struct lab_claim *claims;
	size_t claim_count;
	bool plain_names; /* `objectNames: plain`: nodes' and disks' objects are called as they are */
	const struct lab_manifest *manifests; /* `objects`, as they are listed */
	size_t manifest_count;
	const struct lab_data_disk *disks; /* `disks`, as they are listed */
	size_t disk_count;
	const struct lab_operation *operations; /* as they are listed */
	size_t operation_count;
	/* The lab after which the worker is called on which this one runs, since one joins the other's links, which do not
	 * leave it; NULL: itself. */
	const char *worker_group;
};

static inline const char *lab_worker_group(const struct lab *lab)
{
	return lab->worker_group ? lab->worker_group : lab->name;
}

struct lab_set {
	struct arena arena;
	/* By namespace and name. Two of the same name are both here, both invalid. */
	struct lab **labs;
	size_t count;
	/* True when every document of every file was understood, so that what is
	 * absent is really gone and not merely unreadable. */
	bool complete;
};

#define LAB_SET_INIT                                                                                                 \
	{                                                                                                            \
		.arena = ARENA_INIT                                                                                  \
	}

void lab_set_deinit(struct lab_set *set);
static inline void lab_set_cleanup(struct lab_set *set)
{
	lab_set_deinit(set);
}

/* Reads the labs of all files. What is wrong goes to `diagnostics`; a lab with
 * an error is in the set with `valid` false, the others are not held up. A
 * KNLConfig that cannot be read makes every lab invalid, since any default may
 * have been in it. */
void lab_set_read(struct lab_set *set, const struct lab_file *files, size_t count, const struct lab_options *options,
		  struct diagnostics *diagnostics);

/* The same labs, one after the other as the files and what is in them stand, for as much memory as one of them takes and
 * a short record of each: all are looked through first, since each may be in another's way, and read again to be
 * visited. A lab that is visited is borrowed for the call. Returns what `complete` is of a set. */
bool labs_visit(const struct lab_file *files, size_t count, const struct lab_options *options,
		void (*visit)(void *context, const struct lab *lab), void *context, struct diagnostics *diagnostics);
