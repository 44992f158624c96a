/* Annotations of labsync's on documents of dialects. */
#pragma once

#include "render/dialects/translation.h"

#define DIALECT_ANNOTATION_LAB "labsync.dev/lab"
#define DIALECT_ANNOTATION_LINKS "labsync.dev/links"
#define DIALECT_ANNOTATION_SIZE "labsync.dev/size" /* of an image */
#define DIALECT_ANNOTATION_FORMAT "labsync.dev/format" /* of an image */
#define DIALECT_ANNOTATION_DISK_POLICY "labsync.dev/disk-policy"
#define DIALECT_ANNOTATION_RESTART_POLICY "labsync.dev/restart-policy"

/* One that is for labsync or kubectl, and not for the object that is made. */
bool annotation_is_for_tools(const char *key);

/* Labels or annotations of the document, by `key`, but for those: into `onto` under the same key. */
void annotation_take_entries(struct arena *arena, const struct fact *document, const char *key,
			     struct yaml_node *onto);

/* The document's value of one that labsync reads on objects, as a field of what is made of it; it is no annotation of that then. */
void annotation_make_field(struct arena *arena, struct yaml_node *made, const char *name, const char *field);

/* Warns of those of labsync's that do nothing on such a document: all that are not in `used`, which ends with NULL. */
void annotation_tell_unused(struct translation *translation, const struct fact *document, const char *const *used);

/* The links of labs that the node called `name` joins: "LAB/LINK, LAB/LINK". */
void annotation_links_take(struct translation *translation, const struct fact *document, const char *name);

/* The value of an annotation; NULL when it is not there or no text. */
const struct yaml_node *annotation_get(const struct fact *document, const char *name);
