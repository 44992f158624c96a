/* Documents of dialects becoming one Lab: those of one file and one namespace. */
#pragma once

#include "render/dialects/dialect.h"
#include "render/dialects/tree.h"

struct translation {
	struct reader *reader; /* of the file */
	const struct facts *facts;
	const char *namespace_name; /* of the Lab, and of all documents that name none */
	struct yaml_node *root; /* the Lab: apiVersion, kind, metadata, spec */
	struct yaml_node *spec; /* of the Lab */
};

/* A VM of the Lab: an entry under spec.nodes; returns the mapping under its type ("vm" or "virtualMachine"), to be filled.
 * `name` is that of the object. Told and NULL when there is a node of that name. */
struct yaml_node *translation_add_node(struct translation *translation, const char *name, const char *type,
				       const struct yaml_node *at);
/* An entry of spec.objects: a Kubernetes object as it is. `object` is a mapping with apiVersion, kind, metadata. */
void translation_add_object(struct translation *translation, const struct yaml_node *object);
/* An entry of spec.disks and spec.operations, to be filled. */
struct yaml_node *translation_add_disk(struct translation *translation, const char *name, const struct yaml_node *at);
struct yaml_node *translation_add_operation(struct translation *translation, const char *name, const char *machine,
					    const char *type, const struct yaml_node *at);

/* What labels and annotations a document has, but for labsync's own annotations, onto `vm`; and the links that it joins by
 * annotation labsync.dev/links. `name` is the node's. */
void translation_take_metadata(struct translation *translation, const struct fact *document, const char *name,
			       struct yaml_node *vm);

/* metadata of an object that is made of the document: name, namespace, labels and annotations, but for what is labsync's or
 * kubectl's own. */
struct yaml_node *translation_metadata(struct arena *arena, const struct fact *document);

/* The document's name as a VM's: a DNS label, since the guest's host name is made of it. False after it told what is wrong. */
bool translation_name_is_label(struct translation *translation, const struct fact *document);

/* metadata of any kind of a dialect: name, namespace, labels, annotations. */
extern const struct value_type dialect_metadata_type;

/* Outermost fields of a document that a table reads: apiVersion, kind, metadata, spec, status. For tables of
 * `struct document_fields` (render/lab/document.h); the spec's row is the dialect's own. */
#define DIALECT_HEAD_FIELDS                                                                                          \
	{ "apiVersion",                                                                                              \
	  document_seen,                                                                                             \
	  offsetof(struct document_fields, nothing),                                                                 \
	  &text_type,                                                                                                \
	  "The version of the format.",                                                                              \
	  .presence = FIELD_REQUIRED },                                                                              \
		{ "kind",                                                                                            \
		  document_seen,                                                                                     \
		  offsetof(struct document_fields, nothing),                                                         \
		  &text_type,                                                                                        \
		  "What the document describes.",                                                                    \
		  .presence = FIELD_REQUIRED },                                                                      \
	{                                                                                                            \
		"metadata", dialect_metadata_read, offsetof(struct document_fields, metadata),                       \
			&dialect_metadata_type, "Name, namespace, labels and annotations.",                          \
			.presence = FIELD_REQUIRED                                                                   \
	}
#define DIALECT_SPEC_FIELD(spec_type, spec_text)                                                                     \
	{                                                                                                            \
		"spec", value_mapping_pair, offsetof(struct document_fields, spec), &(spec_type), (spec_text),       \
			.fallback = NULL                                                                             \
	}
#define DIALECT_DOCUMENT_FIELDS(spec_type, spec_text)                                                                \
	DIALECT_HEAD_FIELDS, DIALECT_SPEC_FIELD(spec_type, spec_text), DOCUMENT_STATUS_FIELD,                        \
	{                                                                                                            \
		.name = NULL                                                                                         \
	}
const void *dialect_metadata_read(struct reader *reader, const struct yaml_pair *pair);
