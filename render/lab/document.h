/* What a document is, and the outermost fields, which all kinds have alike. */
#pragma once

#include "render/lab/reader.h"

#define KNL_API_VERSION "knl.kubenetlab.net/v1beta1"
#define LABSYNC_API_VERSION "labsync.dev/v1alpha1"

enum document_kind {
	DOCUMENT_KNL_LAB,
	DOCUMENT_LAB,
	DOCUMENT_TRANSLATED_LAB, /* of documents of dialects: nobody wrote it, so that ${NAME} in it is just text */
	DOCUMENT_CONFIG,
	DOCUMENT_DEFAULTS,
	DOCUMENT_MAPPING,
	DOCUMENT_OF_DIALECT
};

struct document {
	const struct yaml_node *metadata, *spec; /* mappings; NULL when missing or refused */
};

/* What a kind's table of outermost fields fills. */
struct document_fields {
	const struct yaml_pair *metadata, *spec;
	const void *nothing; /* never set: seen before, or ignored */
};

/* Rows for such a table: the two that are the same for each kind, and its name. */
#define DOCUMENT_VERSION_FIELD(type)                                                                                 \
	{                                                                                                            \
		"apiVersion", document_seen, offsetof(struct document_fields, nothing), &(type),                     \
			"The version of the format.", .presence = FIELD_REQUIRED                                     \
	}
#define DOCUMENT_KIND_FIELD(type)                                                                                    \
	{                                                                                                            \
		"kind", document_seen, offsetof(struct document_fields, nothing), &(type),                           \
			"What the document describes.", .presence = FIELD_REQUIRED                                   \
	}
#define DOCUMENT_STATUS_FIELD                                                                                        \
	{                                                                                                            \
		"status", document_status, offsetof(struct document_fields, nothing), &without_effect_type,          \
			"Set by the cluster and ignored; remove it.", .fallback = NULL                               \
	}

extern const struct value_type knl_version_type, labsync_version_type, lab_version_type; /* a Lab's: both */

/* What the document says that it is; false after it told that it is none of ours. */
bool document_kind_read(struct reader *reader, const struct yaml_node *root, enum document_kind *kind);

/* True when it may be one of that kind, misspelt. */
bool document_may_be(const struct yaml_node *root, const char *kind);

const void *document_seen(struct reader *reader, const struct yaml_pair *pair); /* read before; always NULL */
const void *document_status(struct reader *reader, const struct yaml_pair *pair); /* warns; always NULL */

/* `mapping` without some of its keys, a list that ends with NULL. */
const struct yaml_node *document_without(struct arena *arena, const struct yaml_node *mapping,
					 const char *const *keys);

/* Reads a document of `kind` by its table. */
void document_read(struct reader *reader, const struct yaml_node *root, const char *kind, const struct field *table,
		   struct document *document);
