#include "render/lab/read.h"

#include "base/text.h"
#include "render/lab/claims.h"
#include "render/lab/extensions.h"
#include "render/lab/instances.h"
#include "render/lab/labels.h"
#include "render/lab/metadata.h"
#include "render/lab/names.h"
#include "render/lab/spec.h"
#include "render/lab/values.h"

/* Values of a document times its instances, of all labs of a set: what one small file can make is bounded. */
enum { INSTANCE_VALUES_MAX = 5000000 };

static const char *const kinds[] = { LAB_KIND, NULL };
static const struct value_type kind_type = { .name = "text", .shape = VALUE_TEXT, .allowed = kinds };

static const struct field lab_fields[] = {
	DOCUMENT_VERSION_FIELD(lab_version_type),
	DOCUMENT_KIND_FIELD(kind_type),
	{ "metadata", value_mapping_pair, offsetof(struct document_fields, metadata), &lab_metadata_type,
	  "The lab's name and namespace, its labels, and wishes to labsync.", .presence = FIELD_REQUIRED },
	{ "spec", value_mapping_pair, offsetof(struct document_fields, spec), &lab_spec_type,
	  "What the lab is made of.", .presence = FIELD_REQUIRED },
	DOCUMENT_STATUS_FIELD,
	{ .name = NULL },
};

const struct value_type lab_type = { .name = LAB_KIND, .shape = VALUE_OBJECT, .fields = lab_fields };

/* A Lab document, as far as it is the same for all of its instances. */
struct source_lab {
	const struct yaml_node *root, *metadata,
		*spec; /* spec without variables and instances; NULL when there is none */
	const struct surroundings *around;
	struct variable_scope scope; /* of the surroundings and labsync's own */
	const struct variables *variables; /* the lab's; NULL: none */
	const char *name;
	bool expands; /* ${NAME} is looked for */
	bool translated; /* from documents of dialects */
};

static struct lab *lab_new(struct reader *reader, const struct source_lab *source)
{
	struct lab *lab = arena_new(reader->arena, sizeof(*lab));

	*lab = (struct lab){ .path = reader->path,
			     .line = source->root->line,
			     .column = source->root->column,
			     .translated = source->translated,
			     .labels = source->around->labels,
			     .storage_class = source->around->storage_class,
			     .lan = source->around->lan };
	return lab;
}

/* The lab's metadata with the values of its variables. `scope` has what was missing before and here. */
static const struct yaml_node *metadata_expand(struct reader *reader, const struct source_lab *source,
					       struct variable_scope *scope, bool *namespace_is_known)
{
	struct yaml_node *copy = arena_new(reader->arena, sizeof(*copy));
	bool missing = scope->missing;

	*copy = *source->metadata;
	copy->pairs = arena_new(reader->arena, (copy->count + 1) * sizeof(*copy->pairs));
	for (size_t i = 0; i < copy->count; i++) {
		copy->pairs[i] = source->metadata->pairs[i];
		scope->missing = false;
		copy->pairs[i].value = (struct yaml_node *)scope_expand(reader, scope, copy->pairs[i].value);
		if (text_equal(copy->pairs[i].key, "namespace"))
			*namespace_is_known = !scope->missing;
		missing = missing || scope->missing;
	}
	scope->missing = missing;
	return copy;
}

/* Sets the lab's namespace; false after it told that it is not usable. */
static bool namespace_take(struct reader *reader, const struct source_lab *source, const struct yaml_node *metadata,
			   const char *default_namespace, struct lab *lab)
{
	const struct yaml_pair *given = yaml_get_pair(metadata, "namespace");

	lab->namespace_name = source->around->namespace_name ? source->around->namespace_name : default_namespace;
	if (given == NULL || given->value->kind == YAML_NULL)
		return true;
	lab->namespace_name = namespace_read(reader, given);
	return lab->namespace_name != NULL;
}

/* Sets what metadata says but for the name; false when the namespace is not usable. */
static bool metadata_take(struct reader *reader, const struct source_lab *source, struct variable_scope *scope,
			  const char *default_namespace, struct lab *lab)
{
	static const char *const namespace_key[] = { "namespace", NULL };
	const struct yaml_node *mapping = source->metadata;
	struct metadata metadata = { .name = NULL };
	bool namespace_is_known = true;

	if (source->expands)
		mapping = metadata_expand(reader, source, scope, &namespace_is_known);
	if (!namespace_is_known || !namespace_take(reader, source, mapping, default_namespace, lab))
		return false;
	if (scope->missing)
		return true;
	metadata_read(reader, document_without(reader->arena, mapping, namespace_key), &lab_metadata_type, &metadata);
	lab->adopt = metadata_annotation_is(&metadata, LAB_ANNOTATION_ADOPT, "true");
	lab->keep = metadata_annotation_is(&metadata, LAB_ANNOTATION_PRUNE, "false");
	lab->labels = labels_merge(reader->arena, lab->labels, metadata.labels);
	return true;
}

/* One lab: the document itself, or an instance of it. */
static bool lab_read_into(struct reader *reader, const struct source_lab *source, const struct lab_instance *instance,
			  const char *name, struct lab_reading_context *context)
{
	struct variable_scope scope = source->scope;
	struct dependent draft = { .lab = lab_new(reader, source) };
	struct lab *lab = draft.lab;
	const struct yaml_node *place = yaml_get(source->metadata, "name"), *spec = source->spec;

	lab->name = scope.lab = name;
	lab->name_line = place->line;
	lab->name_column = place->column;
	if (instance) {
		lab->group = source->name;
		scope.instance = instance->name;
		scope.number = instance->number;
	}
	if (source->variables)
		scope_push_expanded(reader, &scope, source->variables);
	if (instance && instance->variables)
		scope_push_expanded(reader, &scope, instance->variables);
	if (!metadata_take(reader, source, &scope, context->options->default_namespace, lab) ||
	    !name_check_lab(reader, name, place->line, place->column))
		return false;
	if (spec && source->expands)
		spec = scope_expand(reader, &scope, spec);
	/* Of what lacks a value, no more can be said. */
	if (spec && !scope.missing)
		spec_read(reader, spec, source->around, context->zones, context->options->now, lab, &draft.wanted);
	else if (spec == NULL && reader->errors == 0)
		reader_refuse(reader, source->root, "lab \"%s\" has no spec; add spec.nodes", name);
	lab->valid = reader->errors == 0 && !scope.missing && !context->held;
	lab_claims_collect(reader->arena, lab);
	context->labs++;
	context->take(context, &draft);
	return true;
}

/* The same; without instances that could fill the memory, unless all are kept. */
static bool source_read(const struct reader *reader, struct diagnostics *told, const struct source_lab *source,
			const struct lab_instance *instance, const char *name, struct lab_reading_context *context)
{
	struct reader own = *reader;
	bool read;

	own.diagnostics = told;
	if (context->scratch == NULL)
		return lab_read_into(&own, source, instance, name, context);
	own.arena = context->scratch;
	read = lab_read_into(&own, source, instance, name, context);
	arena_reset(context->scratch);
	return read;
}

static size_t values_count(const struct yaml_node *value)
{
	size_t count = 1;

	for (size_t i = 0; i < value->count; i++)
		count += values_count(value->kind == YAML_MAPPING ? value->pairs[i].value : value->items[i]);
	return count;
}

/* False after it told that there are too many labs. */
static bool labs_fit(struct reader *reader, const struct yaml_node *place, size_t more,
		     struct lab_reading_context *context)
{
	if (context->labs + more <= context->labs_max)
		return true;
	if (!context->full)
		reader_refuse(reader, place, "more than %zu labs; split them over several sources",
			      context->labs_max);
	context->full = true;
	return false;
}

static bool values_fit(struct reader *reader, const struct yaml_pair *pair, const struct source_lab *source,
		       size_t instances, struct lab_reading_context *context)
{
	size_t values = values_count(source->root);

	if (values <= (INSTANCE_VALUES_MAX - context->values) / instances) {
		context->values += values * instances;
		return true;
	}
	return reader_refuse(
		reader, pair->value,
		"the labs with instances of this source have more than %d values; use fewer instances or "
		"smaller labs",
		INSTANCE_VALUES_MAX);
}

/* `instances` itself may be a variable. */
static struct yaml_pair instances_expand(struct reader *reader, const struct source_lab *source,
					 const struct yaml_pair *pair)
{
	struct variable_scope scope = source->scope;
	struct yaml_pair expanded = *pair;

	if (source->variables)
		scope_push(reader, &scope, source->variables);
	if (pair->value->kind == YAML_STRING)
		expanded.value = (struct yaml_node *)scope_expand(reader, &scope, pair->value);
	return expanded;
}

static bool instances_read_all(struct reader *reader, const struct source_lab *source, const struct yaml_pair *pair,
			       struct lab_reading_context *context)
{
	struct yaml_pair expanded = instances_expand(reader, source, pair);
	struct lab_instances instances;
	struct diagnostics *told;
	bool all = true;

	if (expanded.value->kind == YAML_NULL || !instances_read(reader, source->name, &expanded, &instances) ||
	    !labs_fit(reader, pair->value, instances.count, context) ||
	    !values_fit(reader, pair, source, instances.count, context))
		return false;
	told = memory_new_array(instances.count, sizeof(*told));
	for (size_t i = 0; i < instances.count; i++)
		all = source_read(reader, &told[i], source, &instances.items[i], instances.items[i].lab, context) &&
		      all;
	instances_tell(reader->diagnostics, &instances, told);
	free(told);
	return all;
}

/* The name as it stands; false when there is none. */
static bool name_take(struct reader *reader, const struct yaml_node *root, struct source_lab *source)
{
	const struct yaml_pair *pair = yaml_get_pair(source->metadata, "name");
	struct metadata unused = { .name = NULL };
	size_t before = reader->errors;

	if (pair && pair->value->kind == YAML_STRING) {
		source->name = pair->value->text;
		return name_check_lab(reader, source->name, pair->value->line, pair->value->column);
	}
	/* What else is wrong with metadata is told, since the lab itself is not read. */
	if (source->metadata)
		metadata_read(reader, source->metadata, &lab_metadata_type, &unused);
	if (reader->errors == before)
		reader_refuse(reader, root, "Lab has no name; set metadata.name");
	return false;
}

/* Takes variables out of the spec, and returns what stands under instances; NULL when there is none. */
static const struct yaml_pair *extensions_take(struct reader *reader, struct source_lab *source)
{
	static const char *const names[] = { "instances", "variables", NULL };
	const struct yaml_pair *variables = yaml_get_pair(source->spec, "variables");
	const struct yaml_pair *instances = yaml_get_pair(source->spec, "instances");

	if (variables && variables->value->kind != YAML_NULL) {
		source->variables = variables_read(reader, variables);
		source->scope.partial |= source->variables == NULL;
	}
	source->spec = document_without(reader->arena, source->spec, names);
	return instances && instances->value->kind != YAML_NULL ? instances : NULL;
}

bool lab_read(struct reader *reader, const struct yaml_node *root, enum document_kind kind,
	      const struct surroundings *around, struct lab_reading_context *context)
{
	struct source_lab source = {
		.root = root,
		.around = around,
		.scope = around->variables,
		.expands = kind == DOCUMENT_LAB,
		.translated = kind == DOCUMENT_TRANSLATED_LAB,
	};
	const struct yaml_pair *instances = NULL;
	struct document document;

	document_read(reader, root, LAB_KIND, lab_fields, &document);
	source.metadata = document.metadata;
	source.spec = document.spec;
	if (!name_take(reader, root, &source))
		return false;
	if (source.spec && source.expands)
		instances = extensions_take(reader, &source);
	else if (source.spec && kind == DOCUMENT_KNL_LAB)
		extensions_refuse(reader, source.spec);
	if (instances)
		return instances_read_all(reader, &source, instances, context);
	return labs_fit(reader, root, 1, context) &&
	       source_read(reader, reader->diagnostics, &source, NULL, source.name, context);
}
