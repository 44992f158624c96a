/* What labsync made for a lab: the lab's ApplySet parent, a ConfigMap
 * `labsync-<lab>` in the lab's namespace (KEP-3659), whose data also shows the
 * lab's commit, state and message to anyone with kubectl. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "sync/kinds.h"
#include "sync/ledger.h"

struct inventory_entry {
	const struct kind *kind;
	char *name;
};

struct inventory {
	char *lab, *namespace_name, *source, *cluster;
	char *commit, *path, *state, *message;
	struct inventory_entry *entries; /* by wave, kind, name */
	size_t count, capacity;
	char *dependencies; /* the labs that it depends on, "namespace/name" a line; NULL: none */
	struct ledger operations; /* what has become of them */
	char *unknown; /* lines of kinds that this version does not know, kept as they are; NULL: none */
	json_t *live; /* the ConfigMap; NULL while it is not there */
};

struct inventory *inventory_new(const char *cluster, const char *source, const char *namespace_name, const char *lab);
void inventory_free(struct inventory *inventory);
static inline void inventory_cleanup(struct inventory **inventory)
{
	inventory_free(*inventory);
}

/* Reads a parent; keeps a reference to it. NULL when it is not one of ours, of this cluster and source. */
struct inventory *inventory_new_from_parent(json_t *parent, const char *cluster, const char *source);

bool inventory_contains(const struct inventory *inventory, const struct kind *kind, const char *name);
/* Adds an entry unless it is there. True when it was added. */
bool inventory_add(struct inventory *inventory, const struct kind *kind, const char *name);
void inventory_clear_entries(struct inventory *inventory);

/* The whole ConfigMap as it should be. New reference. */
json_t *inventory_build_parent(const struct inventory *inventory);
/* True when the live parent already says the same. */
bool inventory_is_written(const struct inventory *inventory);
/* "/api/v1/namespaces/x/configmaps[/labsync-lab]". The caller frees. */
char *inventory_collection_path_new(const struct inventory *inventory);
char *inventory_path_new(const struct inventory *inventory);
