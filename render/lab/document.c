#include "render/lab/document.h"

#include "render/lab/values.h"

struct document_fields {
	const struct yaml_pair *metadata, *spec;
	const void *nothing; /* never set: seen before, or ignored */
};

static const void *seen_before(struct reader *reader, const struct yaml_pair *pair)
{
	(void)reader;
	(void)pair;
	return NULL;
}

static const void *status_ignored(struct reader *reader, const struct yaml_pair *pair)
{
	reader_warn(reader, pair->line, pair->column, "status is set by the cluster; remove it");
	return NULL;
}

static const struct field document_fields[] = {
	{ "apiVersion", seen_before, offsetof(struct document_fields, nothing) },
	{ "kind", seen_before, offsetof(struct document_fields, nothing) },
	{ "metadata", value_mapping_pair, offsetof(struct document_fields, metadata) },
	{ "spec", value_mapping_pair, offsetof(struct document_fields, spec) },
	{ "status", status_ignored, offsetof(struct document_fields, nothing) },
	{ .name = NULL },
};

void document_read(struct reader *reader, const struct yaml_node *root, const char *kind, struct document *document)
{
	struct document_fields fields = { .nothing = NULL };

	fields_read(reader, root, kind, document_fields, &fields);
	document->metadata = fields.metadata ? fields.metadata->value : NULL;
	document->spec = fields.spec ? fields.spec->value : NULL;
}
