#include "render/lab/read.h"

#include "render/lab/document.h"
#include "render/lab/interfaces.h"
#include "render/lab/metadata.h"
#include "render/lab/names.h"
#include "render/lab/nodes.h"
#include "render/lab/values.h"

struct spec_fields {
	const struct yaml_pair *defaults, *links, *nodes;
};

static const struct field spec_fields[] = {
	{ "defaults", value_mapping_pair, offsetof(struct spec_fields, defaults), &defaults_type,
	  "What the lab's nodes have in common, by type. It goes before a KNLConfig's defaultNode, and a node's own "
	  "fields go before it.",
	  .fallback = NULL },
	{ "links", value_mapping_pair, offsetof(struct spec_fields, links), &links_type,
	  "The links by name, each a layer-2 segment between two or more nodes.", .fallback = NULL },
	{ "nodes", value_mapping_pair, offsetof(struct spec_fields, nodes), &nodes_type,
	  "The nodes by name, each of one type: vm or pod. A name that begins with vm- or pod- says the type itself, "
	  "and "
	  "needs no entry when a link names it.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const char *const kinds[] = { LAB_KIND, NULL };
static const struct value_type kind_type = { .name = "text", .shape = VALUE_TEXT, .allowed = kinds };
static const struct value_type spec_type = { .name = "LabSpec", .shape = VALUE_OBJECT, .fields = spec_fields };

static const struct field lab_fields[] = {
	DOCUMENT_VERSION_FIELD,
	DOCUMENT_KIND_FIELD(kind_type),
	{ "metadata", value_mapping_pair, offsetof(struct document_fields, metadata), &lab_metadata_type,
	  "The lab's name and namespace, and wishes to labsync.", .presence = FIELD_REQUIRED },
	{ "spec", value_mapping_pair, offsetof(struct document_fields, spec), &spec_type, "What the lab is made of.",
	  .presence = FIELD_REQUIRED },
	DOCUMENT_STATUS_FIELD,
	{ .name = NULL },
};

const struct value_type lab_type = { .name = LAB_KIND, .shape = VALUE_OBJECT, .fields = lab_fields };

/* Sets the lab's name and namespace; false when one of them is not usable. */
static bool identity_read(struct reader *reader, const struct yaml_node *root, const struct document *document,
			  const char *default_namespace, struct lab *lab)
{
	struct metadata metadata = { .name = NULL };
	size_t before = reader->errors;
	const struct yaml_node *name;

	if (document->metadata)
		metadata_read(reader, document->metadata, &lab_metadata_type, &metadata);
	if (metadata.name == NULL) {
		if (reader->errors == before)
			reader_refuse(reader, root, "Lab has no name; set metadata.name");
		return false;
	}
	lab->adopt = metadata_annotation_is(&metadata, LAB_ANNOTATION_ADOPT, "true");
	lab->keep = metadata_annotation_is(&metadata, LAB_ANNOTATION_PRUNE, "false");
	name = metadata.name->value;
	lab->name = name->text;
	lab->namespace_name = default_namespace;
	if (metadata.namespace_name) {
		const struct yaml_node *given = metadata.namespace_name->value;

		lab->namespace_name = given->text;
		if (!name_check(reader, "namespace", given->text, given->line, given->column))
			return false;
	}
	return name_check_lab(reader, name->text, name->line, name->column);
}

static void spec_read(struct reader *reader, const struct yaml_node *spec, const struct lab_config *config,
		      struct lab *lab)
{
	struct spec_fields fields = { .nodes = NULL };
	struct node_settings lab_defaults = { .vm = NULL };
	struct node_defaults defaults = { .config = &config->defaults, .lab = &lab_defaults };
	struct link_list links = { .links = NULL };
	struct node_list nodes;
	size_t before = reader->errors;

	fields_read(reader, spec, "spec", spec_fields, &fields);
	if (fields.defaults)
		settings_read_defaults(reader, fields.defaults->value, "defaults", &lab_defaults);
	if (fields.links)
		links_read(reader, lab->name, fields.links->value, &links);
	nodes_collect(reader, lab->name, fields.nodes ? fields.nodes->value : NULL, &links, &nodes);
	if (nodes.count == 0 && reader->errors == before)
		reader_refuse(reader, spec, "lab \"%s\" has no nodes; add them under spec.nodes", lab->name);
	lab->links = links.links;
	lab->link_count = links.link_count;
	lab->nodes = arena_new(reader->arena, (nodes.count + 1) * sizeof(*lab->nodes));
	lab->node_count = nodes.count;
	nodes_settle(reader, lab->name, &nodes, &defaults, lab->nodes);
	interfaces_attach(reader, lab, &nodes, &links);
}

struct lab *lab_read(struct reader *reader, const struct yaml_node *root, const char *default_namespace,
		     const struct lab_config *config)
{
	struct lab *lab = arena_new(reader->arena, sizeof(*lab));
	struct document document;
	size_t before;

	*lab = (struct lab){ .path = reader->path,
			     .line = root->line,
			     .column = root->column,
			     .storage_class = config->storage_class };
	document_read(reader, root, LAB_KIND, lab_fields, &document);
	if (!identity_read(reader, root, &document, default_namespace, lab))
		return NULL;
	before = reader->errors;
	if (document.spec)
		spec_read(reader, document.spec, config, lab);
	else if (before == 0)
		reader_refuse(reader, root, "lab \"%s\" has no spec; add spec.nodes", lab->name);
	lab->valid = reader->errors == 0 && config->valid;
	return lab;
}
