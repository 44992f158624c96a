/* The outermost fields, which Lab and KNLConfig have alike. */
#pragma once

#include "render/lab/reader.h"

#define LAB_API_VERSION "knl.kubenetlab.net/v1beta1"

struct document {
	const struct yaml_node *metadata, *spec; /* mappings; NULL when missing or refused */
};

/* What a kind's table of outermost fields fills. */
struct document_fields {
	const struct yaml_pair *metadata, *spec;
	const void *nothing; /* never set: seen before, or ignored */
};

/* Rows for such a table: the two that are the same for each kind, and its name. */
#define DOCUMENT_VERSION_FIELD                                                                                       \
	{                                                                                                            \
		"apiVersion", document_seen, offsetof(struct document_fields, nothing), &api_version_type,           \
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

extern const struct value_type api_version_type;

const void *document_seen(struct reader *reader, const struct yaml_pair *pair); /* read before; always NULL */
const void *document_status(struct reader *reader, const struct yaml_pair *pair); /* warns; always NULL */

/* Reads a document of `kind` by its table. */
void document_read(struct reader *reader, const struct yaml_node *root, const char *kind, const struct field *table,
		   struct document *document);
