/* Disks whose node or lab has left Git, and which labsync kept: objects that
 * say by their own owner that they are labsync's (the one witness), carry its
 * mark, and that no lab's parent lists (the other). Pure. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "sync/kinds.h"

struct retained_disk {
	const struct kind *kind;
	char *cluster, *source, *lab; /* by its owner */
	char *namespace_name, *name;
	char *node, *size, *since; /* NULL where the object does not say */
	json_t *object; /* own reference */
};

struct retained_disks {
	struct retained_disk *items;
	size_t count, capacity;
};

void retained_disks_deinit(struct retained_disks *disks);

/* Takes a live object in when it is such a disk. `cluster` NULL: of any. */
bool retained_disks_add(struct retained_disks *disks, const struct kind *kind, json_t *object, const char *cluster);
/* Drops what a lab's parent, live as well, lists: that is in use, whatever the mark says. */
void retained_disks_drop_listed(struct retained_disks *disks, const json_t *parent);
/* By namespace, lab and name. */
void retained_disks_sort(struct retained_disks *disks);
