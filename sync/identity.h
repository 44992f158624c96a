/* Who an object belongs to, as it stands on the object (DESIGN section 3). */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "render/lab/lab.h"
#include "sync/kinds.h"

#define LABEL_MANAGED_BY "app.kubernetes.io/managed-by"
#define LABEL_PART_OF "app.kubernetes.io/part-of"
#define LABEL_NAME "app.kubernetes.io/name"
#define LABEL_SOURCE "labsync.dev/source"
#define LABEL_APPLYSET_ID "applyset.kubernetes.io/id"
#define LABEL_APPLYSET_PART_OF "applyset.kubernetes.io/part-of"

#define ANNOTATION_OWNER "labsync.dev/owner"
#define ANNOTATION_COMMIT "labsync.dev/commit"
#define ANNOTATION_PATH "labsync.dev/path"
#define ANNOTATION_APPLIED "labsync.dev/applied"
#define ANNOTATION_DIGEST "labsync.dev/digest" /* of what Git says: tells drift from a change in Git */
#define ANNOTATION_RETAINED "labsync.dev/retained" /* since when */
#define ANNOTATION_DISK_POLICY "labsync.dev/disk-policy" /* "Delete": the disk goes with its node or lab */
#define ANNOTATION_IMMUTABLE "labsync.dev/immutable" /* JSON: what cannot change while there is the object */
#define ANNOTATION_PRUNE LAB_ANNOTATION_PRUNE
#define ANNOTATION_ADOPT LAB_ANNOTATION_ADOPT

struct identity {
	const char *cluster, *source, *lab;
	const char *namespace_name; /* the lab's, which tells labs of one name apart where an object is in none */
};

const char *object_name(const json_t *object); /* "" when there is none */
const char *object_namespace(const json_t *object); /* "" when there is none */
const char *object_annotation(const json_t *object, const char *name); /* NULL when there is none */
const char *object_label(const json_t *object, const char *name);

/* The body of a DELETE of this very object as it was seen, and no other that has its name or came of it.
 * `propagation`: "Foreground" and the like; NULL: the server's choice. New reference. */
json_t *object_deletion_build(const json_t *object, const char *propagation);

/* The text of labsync.dev/owner for one object; of one that is in no namespace with the lab's. The caller frees. */
char *identity_owner_new(const struct identity *identity, const struct kind *kind, const char *namespace_name,
			 const char *name);
/* True when the live object says that it belongs to this lab of this source and
 * cluster, under its own kind and name (a copy of our annotations onto
 * another object does not make that ours). */
bool identity_owns(const struct identity *identity, const struct kind *kind, const json_t *live);

/* True when the live object says that it belongs to a lab of the same source and cluster, this one or another. */
bool identity_shares_source(const struct identity *identity, const json_t *live);

/* The ApplySet id of a lab's parent: applyset-<base64url(sha256("name.namespace.kind.group"))>-v1 (KEP-3659).
 * The caller frees. */
char *identity_applyset_id_new(const char *lab, const char *namespace_name);

/* Name of the lab's parent ConfigMap: "labsync-<lab>". The caller frees. */
char *identity_parent_name_new(const char *lab);
