/* The tables of fields as one tree: what `labsync explain`, the JSON Schema and
 * docs/reference.md walk. Everything is static and never freed. */
#pragma once

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"
#include "render/dialects/dialect.h"
#include "render/lab/field.h"

struct schema_kind {
	const char *name; /* NULL ends the list */
	const char *description;
	const struct value_type *type;
};

const struct schema_kind *schema_kinds(void);
const struct schema_kind *schema_kind_find(const char *name); /* in either case of letters; NULL: none */
const struct value_type *schema_root(const char *kind); /* NULL: there is no such kind */

/* The fields under a value, or under each item of a list or map; NULL when
 * there are none. */
const struct field *schema_children(const struct value_type *type);

/* The mapping that has those fields; NULL when there is none. */
const struct value_type *schema_object(const struct value_type *type);

struct schema_place {
	struct schema_kind kind; /* one of labsync's, or of a dialect's */
	const struct dialect *dialect; /* NULL: labsync's own */
	const struct field *field; /* NULL: the kind itself */
};

/* Finds "lab.spec.nodes.vm.diskSize", and "deckhouse.VirtualDisk.spec.dataSource". Names of nodes and links, and positions
 * in lists, are left out. False, with the nearest name, when there is no such path. */
bool schema_find(const char *path, struct schema_place *place, struct error *err);

/* The API versions that documents of the kind have, as "v1, v2". */
void schema_write_versions(const struct schema_place *place, struct buffer *out);

/* A line for each kind: what `labsync explain` lists. */
void schema_write_kinds(struct buffer *out);

/* "quantity", "list of Port", "map of Node". */
void schema_type_write(const struct value_type *type, struct buffer *out);

/* "yes", "no", or where a value must be. */
const char *schema_presence_name(enum field_presence presence);

/* The whole as text for docs/reference.md. */
void schema_write_markdown(struct buffer *out);
