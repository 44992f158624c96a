/* Whole documents. They have no apiVersion and no metadata: name and tags stand outermost. */
#include "base/text.h"
#include "render/dialects/annotations.h"
#include "render/dialects/controlplane/documents.h"
#include "render/dialects/controlplane/secret_types.h"
#include "render/dialects/controlplane/values.h"
#include "render/dialects/translation.h"
#include "render/lab/document.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/names.h"
#include "render/lab/replicas.h"
#include "render/lab/values.h"

enum { CAPACITY_MOST = 65536 };

#define TAG_NAMESPACE "labsync.dev/namespace"
#define ANNOTATION_DESCRIPTION "kubernetes.io/description"

static bool is_scalar(const struct yaml_node *value)
{
	return value->kind != YAML_SEQUENCE && value->kind != YAML_MAPPING;
}

/* A tag as an annotation: any scalar is text there. NULL: it is none. */
static const struct yaml_node *tag_text(struct arena *arena, const struct yaml_pair *tag)
{
	if (!is_qualified_name(tag->key) || !is_scalar(tag->value) || text_equal(tag->key, TAG_NAMESPACE))
		return NULL;
	if (tag->value->kind == YAML_STRING)
		return tag->value;
	return tree_text(arena, tag->value, tag->value->kind == YAML_NULL ? "" : tag->value->text);
}

static struct yaml_node *annotations_new(struct arena *arena, const struct yaml_node *tags)
{
	struct yaml_node *annotations = tree_mapping(arena, tags);

	for (size_t i = 0; tags->kind == YAML_MAPPING && i < tags->count; i++)
		tree_set(arena, annotations, tags->pairs[i].key, tag_text(arena, &tags->pairs[i]));
	return annotations;
}

const struct yaml_node *controlplane_metadata(struct arena *arena, const struct yaml_node *root)
{
	struct yaml_node *metadata = tree_mapping(arena, root);
	const struct yaml_node *tags = yaml_get(root, "tags"), *description = yaml_get(root, "description");

	tree_set(arena, metadata, "name", yaml_get(root, "name"));
	tree_set(arena, metadata, "namespace", yaml_get(tags, TAG_NAMESPACE));
	if (tags)
		tree_set(arena, metadata, "annotations", annotations_new(arena, tags));
	if (description && description->kind == YAML_STRING)
		tree_set(arena, tree_mapping_at(arena, metadata, "annotations", description), ANNOTATION_DESCRIPTION,
			 description);
	return metadata;
}

/* labsync's own, which are checked as those of any document. */
static void wishes_check(struct reader *reader, const struct yaml_node *tags)
{
	struct yaml_node *metadata = tree_mapping(reader->arena, tags);
	struct yaml_node *wishes = tree_mapping_at(reader->arena, metadata, "annotations", tags);
	struct yaml_pair pair = { .key = "tags", .line = tags->line, .column = tags->column, .value = metadata };

	for (size_t i = 0; i < tags->count; i++)
		if (annotation_is_for_tools(tags->pairs[i].key) && !text_equal(tags->pairs[i].key, TAG_NAMESPACE))
			tree_set(reader->arena, wishes, tags->pairs[i].key, tags->pairs[i].value);
	dialect_metadata_read(reader, &pair);
}

static const void *tags_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_mapping_pair(reader, pair) == NULL)
		return NULL;
	for (size_t i = 0; i < pair->value->count; i++) {
		const struct yaml_pair *tag = &pair->value->pairs[i];

		if (!is_scalar(tag->value))
			reader_refuse(reader, tag->value, "tag %s must be a string, not %s",
				      reader_quote(reader, tag->key), yaml_kind_name(tag->value->kind));
		else if (text_equal(tag->key, TAG_NAMESPACE))
			name_label_read(reader, tag);
		else if (!is_qualified_name(tag->key))
			reader_warn(reader, tag->line, tag->column,
				    "tag %s has no effect: Kubernetes takes no annotation of that name; use letters, "
				    "digits, \"-\", \"_\" and \".\"",
				    reader_quote(reader, tag->key));
	}
	wishes_check(reader, pair->value);
	return NULL;
}

static const void *text_seen(struct reader *reader, const struct yaml_pair *pair)
{
	value_string_pair(reader, pair);
	return NULL;
}

static const void *gvc_seen(struct reader *reader, const struct yaml_pair *pair)
{
	name_label_read(reader, pair);
	return NULL;
}

#define NOTHING offsetof(struct document_fields, nothing)
#define SET_BY_SERVER "Set by Control Plane and ignored; remove it."

#define HEAD_FIELDS(kind_type)                                                                                       \
	{                                                                                                            \
		"kind",                                                                                              \
		document_seen,                                                                                       \
		NOTHING,                                                                                             \
		&(kind_type),                                                                                        \
		"What the document describes.",                                                                      \
		.presence = FIELD_REQUIRED                                                                           \
	},                                                                                                           \
		{ "name",                                                                                            \
		  text_seen,                                                                                         \
		  NOTHING,                                                                                           \
		  &controlplane_name_type,                                                                           \
		  "The name, which the objects have that are made of it.",                                           \
		  .presence = FIELD_REQUIRED },                                                                      \
		{ "description",                                                                                     \
		  text_seen,                                                                                         \
		  NOTHING,                                                                                           \
		  &text_type,                                                                                        \
		  "For people; objects made of it have it as the annotation " ANNOTATION_DESCRIPTION ".",            \
		  .fallback = NULL },                                                                                \
		{ "tags",                                                                                            \
		  tags_read,                                                                                         \
		  NOTHING,                                                                                           \
		  &controlplane_tags_type,                                                                           \
		  "Become annotations of the objects made of it. Those of labsync.dev mean what they mean as "       \
		  "annotations of other documents; " TAG_NAMESPACE " is the namespace of the objects.",              \
		  .fallback = NULL },                                                                                \
		LOST_FIELD(document_fields, "created", SET_BY_SERVER),                                               \
		LOST_FIELD(document_fields, "id", SET_BY_SERVER),                                                    \
		LOST_FIELD(document_fields, "lastModified", SET_BY_SERVER),                                          \
		LOST_FIELD(document_fields, "links", SET_BY_SERVER),                                                 \
		LOST_FIELD(document_fields, "status", SET_BY_SERVER),                                                \
		LOST_FIELD(document_fields, "version", SET_BY_SERVER)

#define GVC_FIELD                                                                                                    \
	{                                                                                                            \
		"gvc", gvc_seen, NOTHING, &controlplane_name_type,                                                   \
			"The GVC it belongs to; it becomes the label cpln.io/gvc, by which firewalls know "          \
			"workloads of "                                                                              \
			"the same one.",                                                                             \
			.fallback = NULL                                                                             \
	}

#define SPEC_FIELD(type, text)                                                                                       \
	{                                                                                                            \
		"spec", value_mapping_pair, offsetof(struct document_fields, spec), &(type), text,                   \
			.presence = FIELD_REQUIRED                                                                   \
	}

#define KIND_TYPE(identifier, kind)                                                                                  \
	static const char *const identifier##_kinds[] = { kind, NULL };                                              \
	static const struct value_type identifier##_kind_type = {                                                    \
		.name = "text",                                                                                      \
		.shape = VALUE_TEXT,                                                                                 \
		.allowed = identifier##_kinds,                                                                       \
	}

#define DOCUMENT_TYPE(identifier, kind)                                                                              \
	const struct value_type identifier##_document_type = {                                                       \
		.name = (kind),                                                                                      \
		.shape = VALUE_OBJECT,                                                                               \
		.fields = identifier##_fields,                                                                       \
	}

KIND_TYPE(workload, "workload");
KIND_TYPE(volume_set, "volumeset");
KIND_TYPE(secret, "secret");
KIND_TYPE(identity, "identity");
KIND_TYPE(gvc, "gvc");
KIND_TYPE(domain, "domain");

static const struct field workload_fields[] = {
	HEAD_FIELDS(workload_kind_type),
	GVC_FIELD,
	SPEC_FIELD(workload_spec_type, "The VM."),
	{ .name = NULL },
};
DOCUMENT_TYPE(workload, "workload");

/* --- volume sets --- */

static const struct value_type capacity_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = CAPACITY_MOST,
};

#define VOLUME_SET(member) offsetof(struct volume_set_spec, member)

static const struct field volume_set_spec_fields[] = {
	{ "initialCapacity", NULL, VOLUME_SET(capacity), &capacity_type, "The size of each disk, in Gi.",
	  .presence = FIELD_REQUIRED },
	{ "performanceClass", NULL, VOLUME_SET(performance_class), &text_type,
	  "What the disks can do, like general-purpose-ssd. A Mapping's storageClasses says which StorageClass that "
	  "is.",
	  .presence = FIELD_REQUIRED },
	LOST_FIELD(volume_set_spec, "customEncryption", "Keys of clouds for the disks."),
	LOST_FIELD(volume_set_spec, "fileSystemType", "What Control Plane would format containers' volumes with."),
	LOST_FIELD(volume_set_spec, "mountOptions", "How containers would mount the volumes."),
	LOST_FIELD(volume_set_spec, "snapshots", "When Control Plane would take snapshots."),
	LOST_FIELD(volume_set_spec, "storageClassSuffix", "A part of a StorageClass's name in Control Plane."),
	LOST_FIELD(volume_set_spec, "autoscaling", "When the disks would grow."),
	{ .name = NULL },
};

const struct value_type volume_set_spec_type = {
	.name = "VolumeSetSpec",
	.shape = VALUE_OBJECT,
	.fields = volume_set_spec_fields,
	.size = sizeof(struct volume_set_spec),
};

static const struct field volume_set_fields[] = {
	HEAD_FIELDS(volume_set_kind_type),
	GVC_FIELD,
	SPEC_FIELD(volume_set_spec_type, "What the disks of VMs that name it are made like."),
	{ .name = NULL },
};
DOCUMENT_TYPE(volume_set, "volumeset");

/* --- secrets --- */

static const struct value_type secret_kind_of_type = {
	.name = "text",
	.shape = VALUE_TEXT,
	.allowed = secret_type_names,
};
static const struct value_type secret_data_type = { .name = "secret's data", .shape = VALUE_ANY };

static const void *secret_type_seen(struct reader *reader, const struct yaml_pair *pair)
{
	value_read(reader, pair, &secret_kind_of_type);
	return NULL;
}

static const struct field secret_fields[] = {
	HEAD_FIELDS(secret_kind_type),
	{ "type", secret_type_seen, NOTHING, &secret_kind_of_type, "What the data is.", .presence = FIELD_REQUIRED },
	{ "data", document_seen, NOTHING, &secret_data_type,
	  "Of opaque: {payload, encoding: plain|base64}; of dictionary: any texts; of userpass: {username, password, "
	  "encoding}; of keypair: {secretKey, publicKey, passphrase}; of tls: {key, cert, chain}; of docker, gcp and "
	  "azure-sdk: a text; of aws, ecr, azure-connector and nats-account: their fields. It becomes a Secret of "
	  "the "
	  "same keys. Whoever reads the repository reads it.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};
DOCUMENT_TYPE(secret, "secret");

/* --- what only Control Plane makes something of --- */

static const struct field identity_fields[] = {
	HEAD_FIELDS(identity_kind_type),
	GVC_FIELD,
	LOST_FIELD(document_fields, "aws", "Roles in a cloud."),
	LOST_FIELD(document_fields, "azure", "Roles in a cloud."),
	LOST_FIELD(document_fields, "gcp", "Roles in a cloud."),
	LOST_FIELD(document_fields, "memcacheAccess", "Access to a service of Control Plane."),
	LOST_FIELD(document_fields, "nativeNetworkResources", "Private endpoints of clouds."),
	LOST_FIELD(document_fields, "networkResources", "Hosts behind an agent of Control Plane."),
	LOST_FIELD(document_fields, "ngs", "Access to a service of messages."),
	LOST_FIELD(document_fields, "spicedbAccess", "Access to a service of Control Plane."),
	{ .name = NULL },
};
DOCUMENT_TYPE(identity, "identity");

static const void *bystander_read(struct reader *reader, const struct yaml_pair *pair)
{
	reader_warn(
		reader, pair->line, pair->column,
		"spec has no effect: where workloads run and by which public names they are reached is set up beside "
		"them, by Ingress or Gateway");
	return NULL;
}

#define BYSTANDER_SPEC                                                                                               \
	{                                                                                                            \
		"spec", bystander_read, NOTHING, &lost_value_type,                                                   \
			"Placement, domains and routes, which are Control Plane's own.", .fallback = NULL            \
	}

static const struct field gvc_fields[] = {
	HEAD_FIELDS(gvc_kind_type),
	LOST_FIELD(document_fields, "alias", "The GVC's name in public domains."),
	BYSTANDER_SPEC,
	{ .name = NULL },
};
DOCUMENT_TYPE(gvc, "gvc");

static const struct field domain_fields[] = { HEAD_FIELDS(domain_kind_type), BYSTANDER_SPEC, { .name = NULL } };
DOCUMENT_TYPE(domain, "domain");
