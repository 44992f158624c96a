/* The kinds of nodes that containerlab knows, and what each can become in a lab. */
#pragma once

#include <stddef.h>

enum kind_role {
	KIND_POD, /* a plain container */
	KIND_SRL, /* SR Linux */
	KIND_VM, /* a VM in a container; a vm when its image is a disk */
	KIND_BRIDGE, /* a switch: the links of it are one link */
	KIND_APPLIANCE, /* a container that only runs with what containerlab prepares for it */
	KIND_HOST /* something outside of the lab */
};

struct node_kind {
	const char *name; /* NULL ends the table */
	enum kind_role role;
};

/* NULL when there is no such kind. */
const struct node_kind *node_kind_find(const char *name);

/* "; did you mean ...?" by the nearest kind, or "". In `text`, which is returned. */
enum { KIND_HINT_SIZE = 96 };
const char *node_kind_hint(const char *name, char text[KIND_HINT_SIZE]);
