/* By what the items of a list are told apart. Kubernetes' own keys, and ours
 * for the KubeVirt lists that the CRD leaves atomic, so that a disk that was
 * hot-plugged or a NIC that a controller added survives a write of ours. */
#pragma once

#include <jansson.h>

#include "sync/field_path.h"

enum { LIST_KEY_FIELDS_MAX = 2 };

struct list_key_field {
	const char *name; /* may be a path: "metadata.name" */
	const char *fallback; /* what an absent field means; NULL: the item has no key then */
};

struct list_key {
	struct list_key_field fields[LIST_KEY_FIELDS_MAX]; /* none: a set of scalars */
};

/* The key of the items of the list at `list`; NULL when it is atomic. */
const struct list_key *list_key_find(const struct field_path *list);

/* The item's key in FieldsV1 form: "k:{\"name\":\"root\"}", or "v:\"text\"" in
 * a set. NULL when the item lacks it. The caller frees. */
char *list_key_text_new(const struct list_key *key, const json_t *item);

/* The same for people: "name=root". The caller frees. */
char *list_key_label_new(const struct list_key *key, const json_t *item);

/* The items by key text, in the list's order; NULL when `list` is no list, an
 * item lacks the key, or two share one. New reference, the items are the list's own. */
json_t *list_key_index_new(const struct list_key *key, const json_t *list);
