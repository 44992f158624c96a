#include "render/lab/defaults.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/document.h"
#include "render/lab/labels.h"
#include "render/lab/metadata.h"
#include "render/lab/names.h"
#include "render/lab/values.h"

enum { LAYERS_MAX = VARIABLE_LAYERS_MAX };

struct defaults_fields {
	const struct yaml_pair *defaults;
	const char *storage_class, *namespace_name;
	const struct value_map *labels;
	const void *nothing; /* never set: variables are read before the others */
};

static const struct field spec_fields[] = {
	{ "defaults", value_mapping_pair, offsetof(struct defaults_fields, defaults), &defaults_type,
	  "What the nodes and links of these labs have in common, by type.", .fallback = NULL },
	{ "labels", labels_read, offsetof(struct defaults_fields, labels), &labels_type,
	  "Labels for all objects of these labs.", .fallback = NULL },
	{ "namespace", namespace_read, offsetof(struct defaults_fields, namespace_name), &name_type,
	  "The namespace of those labs that name none.", .fallback = NULL },
	{ "storageClass", storage_class_read, offsetof(struct defaults_fields, storage_class), &subdomain_type,
	  "The StorageClass of all disks of these labs.", .fallback = NULL },
	{ "variables", document_seen, offsetof(struct defaults_fields, nothing), &variables_type,
	  "Values for ${NAME} in the text of this document and of these labs, as far as they are labsync.dev's own.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const char *const kinds[] = { DEFAULTS_KIND, NULL };
static const struct value_type kind_type = { .name = "text", .shape = VALUE_TEXT, .allowed = kinds };
static const struct value_type spec_type = { .name = "DefaultsSpec", .shape = VALUE_OBJECT, .fields = spec_fields };

static const struct field document_fields[] = {
	DOCUMENT_VERSION_FIELD(labsync_version_type),
	DOCUMENT_KIND_FIELD(kind_type),
	{ "metadata", value_mapping_pair, offsetof(struct document_fields, metadata), &defaults_metadata_type,
	  "The document's name.", .presence = FIELD_REQUIRED },
	{ "spec", value_mapping_pair, offsetof(struct document_fields, spec), &spec_type,
	  "What holds for the labs of this folder and of those below it.", .presence = FIELD_REQUIRED },
	DOCUMENT_STATUS_FIELD,
	{ .name = NULL },
};

const struct value_type defaults_document_type = {
	.name = DEFAULTS_KIND,
	.shape = VALUE_OBJECT,
	.fields = document_fields,
};

void defaults_deinit(struct defaults *defaults)
{
	free(defaults->items);
	*defaults = (struct defaults)DEFAULTS_INIT;
}

const char *defaults_folder(struct arena *arena, const char *path)
{
	cleanup(buffer) struct buffer folder = BUFFER_INIT;
	const char *slash = strrchr(path, '/');
	size_t length = slash ? (size_t)(slash - path) : 0;

	if (path[0] == '/')
		buffer_append_char(&folder, '/');
	for (size_t i = 0; i < length;) {
		size_t part = strcspn(path + i, "/");

		if (part > 0 && !(part == 1 && path[i] == '.')) {
			if (folder.length > 0 && folder.data[folder.length - 1] != '/')
				buffer_append_char(&folder, '/');
			buffer_append(&folder, path + i, part);
		}
		i += part + 1;
	}
	return arena_copy(arena, buffer_text(&folder), folder.length);
}

static struct folder_defaults *defaults_grow(struct arena *arena, struct defaults *defaults, const char *path)
{
	struct folder_defaults *added;

	memory_grow(&defaults->items, defaults->count, &defaults->capacity, sizeof(*defaults->items));
	added = &defaults->items[defaults->count++];
	*added = (struct folder_defaults){ .folder = defaults_folder(arena, path), .place = { .path = path } };
	return added;
}

void defaults_add(struct arena *arena, struct defaults *defaults, const struct lab_file *file, const char *path,
		  const struct yaml_node *root)
{
	struct folder_defaults *added = defaults_grow(arena, defaults, path);

	added->place = (struct place){ path, root->line, root->column };
	added->file = file;
	added->root = root;
}

void defaults_add_lost(struct arena *arena, struct defaults *defaults, const char *path)
{
	/* A missing field proves nothing. */
	defaults_grow(arena, defaults, path)->nodes.broken = true;
}

static int defaults_compare(const void *left, const void *right)
{
	const struct folder_defaults *a = left, *b = right;
	int order = strcmp(a->folder, b->folder);

	return order ? order : place_order(&a->place, &b->place);
}

/* The first one at `folder`, or behind where it would be. */
static size_t defaults_first(const struct defaults *defaults, const char *folder)
{
	size_t low = 0, high = defaults->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(defaults->items[middle].folder, folder) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* How much of `folder` is the folder at depth `length` of it is in: up to the next "/". */
static size_t folder_descend(const char *folder, size_t length)
{
	length += folder[length] == '/';
	return length + strcspn(folder + length, "/");
}

static void surround_with(struct reader *reader, struct folder_defaults *added, struct surroundings *around)
{
	const struct node_settings **layers = (const struct node_settings **)around->layers.items;

	if (around->layers.count == LAYERS_MAX) {
		reader_error(reader, 1, 1, "more than %d Defaults above each other", LAYERS_MAX - 1);
		return;
	}
	layers[around->layers.count++] = &added->nodes;
	if (added->storage_class)
		around->storage_class = added->storage_class;
	if (added->namespace_name)
		around->namespace_name = added->namespace_name;
	around->labels = labels_merge(reader->arena, around->labels, added->labels);
	if (added->variables)
		scope_push(reader, &around->variables, added->variables);
	if (!added->valid && around->holder == NULL)
		around->holder = added;
	around->variables.partial |= !added->valid;
}

/* Those at one folder. */
static void surround_at(struct reader *reader, struct defaults *defaults, const char *folder, size_t length,
			struct surroundings *around)
{
	cleanup(free) char *here = string_copy_n(folder, length);

	for (size_t i = defaults_first(defaults, here);
	     i < defaults->count && text_equal(defaults->items[i].folder, here); i++)
		surround_with(reader, &defaults->items[i], around);
}

static void surround(struct reader *reader, struct defaults *defaults, const struct lab_config *config,
		     const char *folder, size_t depth, struct surroundings *around)
{
	const struct node_settings **layers = arena_new(reader->arena, LAYERS_MAX * sizeof(*layers));
	size_t length = folder[0] == '/';

	*around = (struct surroundings){ .layers = { .items = layers } };
	if (config) {
		layers[around->layers.count++] = &config->defaults;
		around->storage_class = config->storage_class;
		around->lan = config->lan;
	}
	if (length <= depth)
		surround_at(reader, defaults, folder, length, around);
	while (length < depth) {
		length = folder_descend(folder, length);
		if (length <= depth)
			surround_at(reader, defaults, folder, length, around);
	}
}

void defaults_surround(struct reader *reader, struct defaults *defaults, const struct lab_config *config,
		       struct surroundings *surroundings)
{
	const char *folder = defaults_folder(reader->arena, reader->path);

	surround(reader, defaults, config, folder, strlen(folder), surroundings);
}

static void spec_read(struct reader *reader, const struct yaml_node *spec, struct surroundings *outer,
		      struct folder_defaults *into)
{
	static const char *const variables_name[] = { "variables", NULL };
	struct defaults_fields fields = { .defaults = NULL };
	const struct yaml_pair *variables = yaml_get_pair(spec, "variables");
	const struct variables *own =
		variables && variables->value->kind != YAML_NULL ? variables_read(reader, variables) : NULL;

	if (own) {
		scope_check(reader, &outer->variables, own);
		scope_push(reader, &outer->variables, own);
	}
	into->variables = own;
	spec = document_without(reader->arena, spec, variables_name);
	spec = scope_expand(reader, &outer->variables, spec);
	if (outer->variables.missing)
		return;
	fields_read(reader, spec, "spec", spec_fields, &fields);
	into->storage_class = fields.storage_class;
	into->namespace_name = fields.namespace_name;
	into->labels = fields.labels;
	if (fields.defaults)
		settings_read_defaults(reader, fields.defaults->value, "defaults", &into->nodes);
}

static void name_check_defaults(struct reader *reader, const struct yaml_node *root, const struct document *document)
{
	struct metadata metadata = { .name = NULL };
	size_t before = reader->errors;

	if (document->metadata)
		metadata_read(reader, document->metadata, &defaults_metadata_type, &metadata);
	if (metadata.name)
		name_check(reader, DEFAULTS_KIND, metadata.name->value->text, metadata.name->value->line,
			   metadata.name->value->column);
	else if (reader->errors == before)
		reader_refuse(reader, root, "Defaults has no name; set metadata.name");
}

static void document_take(struct reader *reader, struct defaults *defaults, struct folder_defaults *into)
{
	struct document document;
	struct surroundings outer;
	const char *folder = into->folder, *slash = strrchr(folder, '/');
	bool top = folder[0] == '\0' || text_equal(folder, "/");

	if (top)
		outer = (struct surroundings){ .holder = NULL };
	else
		surround(reader, defaults, NULL, folder, slash ? (size_t)(slash - folder) + (slash == folder) : 0,
			 &outer);
	document_read(reader, into->root, DEFAULTS_KIND, document_fields, &document);
	name_check_defaults(reader, into->root, &document);
	if (document.spec)
		spec_read(reader, document.spec, &outer, into);
	into->valid = reader->errors == 0 && !outer.variables.missing;
	into->nodes.broken |= !into->valid;
}

/* Where Defaults are the repository's. */
static const char *root_folder(const struct reader *reader)
{
	cleanup(free) char *inside =
		string_format("%s/x", reader->lookup && reader->lookup->root ? reader->lookup->root : ".");

	return defaults_folder(reader->arena, inside);
}

bool defaults_read(const struct reader *reader, struct defaults *defaults)
{
	const char *root = root_folder(reader);
	bool valid = true;

	if (defaults->count)
		qsort(defaults->items, defaults->count, sizeof(*defaults->items), defaults_compare);
	/* Outer folders come before what is in them. */
	for (size_t i = 0; i < defaults->count; i++) {
		struct folder_defaults *item = &defaults->items[i];
		const struct folder_defaults *first = &defaults->items[defaults_first(defaults, item->folder)];
		struct reader own = *reader;

		own.path = item->place.path;
		own.file = item->file;
		own.layer = text_equal(item->folder, root) ? LAYER_REPOSITORY : LAYER_FOLDER;
		own.errors = 0;
		if (first != item && item->root && first->root)
			reader_refuse(&own, item->root,
				      "a second Defaults in one folder; the first is at %s:%zu:%zu; keep one",
				      first->place.path, first->place.line, first->place.column);
		if (item->root)
			document_take(&own, defaults, item);
		valid = valid && item->valid;
	}
	return valid;
}

void defaults_tell_holder(struct folder_defaults *holder, struct diagnostics *diagnostics)
{
	if (holder->told)
		return;
	holder->told = true;
	diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, holder->place.path, holder->place.line, holder->place.column,
			"no lab %s%s%sis changed until the Defaults can be read without errors",
			holder->folder[0] ? "in or below \"" : "", holder->folder, holder->folder[0] ? "\" " : "");
}
