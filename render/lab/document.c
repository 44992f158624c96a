#include "render/lab/document.h"

#include "render/lab/values.h"

const void *document_seen(struct reader *reader, const struct yaml_pair *pair)
{
	(void)reader;
	(void)pair;
	return NULL;
}

const void *document_status(struct reader *reader, const struct yaml_pair *pair)
{
	reader_warn(reader, pair->line, pair->column, "status is set by the cluster; remove it");
	return NULL;
}

static const char *const versions[] = { LAB_API_VERSION, NULL };
const struct value_type api_version_type = { .name = "text", .shape = VALUE_TEXT, .allowed = versions };

void document_read(struct reader *reader, const struct yaml_node *root, const char *kind, const struct field *table,
		   struct document *document)
{
	struct document_fields fields = { .nothing = NULL };

	fields_read(reader, root, kind, table, &fields);
	document->metadata = fields.metadata ? fields.metadata->value : NULL;
	document->spec = fields.spec ? fields.spec->value : NULL;
}
