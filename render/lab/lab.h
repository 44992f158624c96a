/* The model of a lab: what a person wrote, checked, with every default filled
 * in, ready to become Kubernetes objects. Reads KNL's Lab and KNLConfig
 * (knl.kubenetlab.net/v1beta1).
 *
 * A model lives in the lab_set's arena. Nothing in it is NULL unless the
 * comment says so. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diagnostic.h"

struct lab_file {
	const char *path; /* as it is shown to people, e.g. "labs/ospf.yaml" */
	const char *text;
	size_t length;
};

/* What a person may ask of labsync on a Lab's metadata. */
#define LAB_ANNOTATION_ADOPT "labsync.dev/adopt"
#define LAB_ANNOTATION_PRUNE "labsync.dev/prune"

enum node_type { NODE_VM, NODE_POD };
enum init_method { INIT_CLOUD_INIT, INIT_IGNITION };

struct lab_port {
	const char *name; /* a DNS-1123 label with a letter, at most 15 characters */
	int64_t port;
	const char *protocol; /* "TCP" or "UDP" */
};

struct lab_route {
	const char *to; /* "192.168.30.0/24" */
	const char *via; /* "192.168.10.200" */
};

/* One end of a link. */
struct lab_interface {
	const struct lab_link *link;
	const char *name; /* unique in the node: the link's name, or "<link>-2" the second time */
	const char *port; /* pods: the interface's name in the pod; NULL when unset */
	const char *mac; /* lower-case, colons; generated from lab, node, link and position when not given */
	const char **addresses; /* "192.168.10.100/24" */
	size_t address_count;
	struct lab_route *routes;
	size_t route_count;
	size_t line, column;
};

struct lab_vm {
	const char *image; /* docker://, http:// or https:// */
	const char *disk_size;
	int64_t cpu; /* cores */
	const char *memory;
	bool cpu_pin, huge_page;
	enum init_method init;
	struct lab_port *ports;
	size_t port_count;
	const char *user, *password;
};

struct lab_pod {
	const char *image;
	const char **command; /* shell-split; empty: the image's own */
	size_t command_count;
	bool privileged;
	const char *disk_size; /* pvcSize, mounted on /root */
	const char *memory, *cpu; /* requests; NULL when unset */
};

struct lab_node {
	const char *name;
	const char *object_name; /* "<lab>-<node>", a DNS-1123 label */
	enum node_type type;
	size_t line, column;
	union {
		struct lab_vm vm;
		struct lab_pod pod;
	};
	struct lab_interface *interfaces; /* by link name, then position in the link: the guest's NIC order */
	size_t interface_count;
};

struct lab_link {
	const char *name;
	const char *object_name; /* "<lab>-<link>" */
	size_t line, column;
};

struct lab {
	const char *name;
	const char *namespace_name;
	const char *path; /* the file's */
	size_t line, column;
	bool valid; /* false: named in the files but not usable; only name, namespace and place are set */
	bool adopt; /* annotation labsync.dev/adopt: what is there already under its names becomes the lab's */
	bool keep; /* annotation labsync.dev/prune: "false": nothing of it is ever removed */
	const char *storage_class; /* KNLConfig.spec.storageClass; NULL: the cluster's default */
	struct lab_node *nodes; /* by name */
	size_t node_count;
	struct lab_link *links; /* by name */
	size_t link_count;
};

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
 * have been in it. `default_namespace` is for labs that name none. */
void lab_set_read(struct lab_set *set, const struct lab_file *files, size_t count, const char *default_namespace,
		  struct diagnostics *diagnostics);
