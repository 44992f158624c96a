#include "sync/cluster/kubeconfig.h"

#include "base/file.h"
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

/* Where each kind stands in the file: "clusters: [{name: ..., cluster: {...}}]". */
static const struct kind_row {
	const char *list, *member;
} kind_rows[KUBECONFIG_KINDS] = {
	[KUBECONFIG_CLUSTER] = { "clusters", "cluster" },
	[KUBECONFIG_USER] = { "users", "user" },
	[KUBECONFIG_CONTEXT] = { "contexts", "context" },
};

void kubeconfig_deinit(struct kubeconfig *config)
{
	for (size_t kind = 0; kind < KUBECONFIG_KINDS; kind++)
		free(config->entries[kind].items);
	arena_deinit(&config->arena);
	*config = (struct kubeconfig)KUBECONFIG_INIT;
}

const char *kubeconfig_kind_name(enum kubeconfig_kind kind)
{
	return kind_rows[kind].member;
}

const struct kubeconfig_entry *kubeconfig_find(const struct kubeconfig *config, enum kubeconfig_kind kind,
					       const char *name)
{
	const struct kubeconfig_entries *entries = &config->entries[kind];

	for (size_t i = 0; i < entries->count; i++)
		if (strcmp(entries->items[i].name, name) == 0)
			return &entries->items[i];
	return NULL;
}

char *kubeconfig_names_new(const struct kubeconfig *config, enum kubeconfig_kind kind)
{
	const struct kubeconfig_entries *entries = &config->entries[kind];
	cleanup(buffer) struct buffer names = BUFFER_INIT;

	for (size_t i = 0; i < entries->count; i++)
		buffer_format(&names, "%s%s", i ? ", " : "", entries->items[i].name);
	if (entries->count == 0)
		buffer_append_text(&names, "none");
	return buffer_steal(&names);
}

static bool scalar_text(const char *path, const struct yaml_node *node, const char *key, const char **text,
			struct error *err)
{
	*text = NULL;
	if (node == NULL || node->kind == YAML_NULL)
		return true;
	if (node->kind == YAML_SEQUENCE || node->kind == YAML_MAPPING)
		return error_set_at(err, path, node->line, node->column, "%s must be a string, not %s", key,
				    yaml_kind_name(node->kind));
	if (node->length)
		*text = node->text;
	return true;
}

bool kubeconfig_text(const struct kubeconfig_entry *entry, const struct yaml_node *mapping, const char *key,
		     const char **text, struct error *err)
{
	return scalar_text(entry->path, yaml_get(mapping, key), key, text, err);
}

bool kubeconfig_boolean(const struct kubeconfig_entry *entry, const char *key, bool *value, struct error *err)
{
	const struct yaml_node *node = yaml_get(entry->node, key);

	*value = false;
	if (node == NULL || node->kind == YAML_NULL)
		return true;
	if (node->kind != YAML_BOOLEAN)
		return error_set_at(err, entry->path, node->line, node->column, "%s must be true or false, not %s",
				    key, yaml_kind_name(node->kind));
	*value = node->boolean;
	return true;
}

bool kubeconfig_error(const struct kubeconfig_entry *entry, const char *key, struct error *err, const char *format,
		      ...)
{
	const struct yaml_pair *pair = key ? yaml_get_pair(entry->node, key) : NULL;
	cleanup(free) char *message = NULL;
	va_list arguments;

	va_start(arguments, format);
	message = string_vformat(format, arguments);
	va_end(arguments);
	return error_set_at(err, entry->path, pair ? pair->line : entry->node->line,
			    pair ? pair->column : entry->node->column, "%s", message);
}

static const struct yaml_node *empty_mapping(struct kubeconfig *config, const struct yaml_node *place)
{
	struct yaml_node *node = arena_new(&config->arena, sizeof(*node));

	*node = (struct yaml_node){ .kind = YAML_MAPPING, .line = place->line, .column = place->column };
	return node;
}

static bool add_entry(struct kubeconfig *config, enum kubeconfig_kind kind, const char *path,
		      const struct yaml_node *item, struct error *err)
{
	const struct kind_row *row = &kind_rows[kind];
	struct kubeconfig_entries *entries = &config->entries[kind];
	const struct yaml_node *node = yaml_get(item, row->member);
	const struct kubeconfig_entry *known;
	const char *name;

	if (item->kind != YAML_MAPPING)
		return error_set_at(err, path, item->line, item->column, "each of %s must be a mapping, not %s",
				    row->list, yaml_kind_name(item->kind));
	if (!scalar_text(path, yaml_get(item, "name"), "name", &name, err))
		return false;
	if (name == NULL)
		return error_set_at(err, path, item->line, item->column, "this %s has no name", row->member);
	if (node == NULL || node->kind == YAML_NULL)
		node = empty_mapping(config, item);
	else if (node->kind != YAML_MAPPING)
		return error_set_at(err, path, node->line, node->column, "%s must be a mapping, not %s", row->member,
				    yaml_kind_name(node->kind));
	known = kubeconfig_find(config, kind, name);
	if (known && known->path == path)
		return error_set_at(err, path, item->line, item->column, "%s \"%s\" stands twice in this file",
				    row->member, name);
	if (known)
		return true;
	memory_grow(&entries->items, entries->count, &entries->capacity, sizeof(*entries->items));
	entries->items[entries->count++] = (struct kubeconfig_entry){ .name = name, .path = path, .node = node };
	return true;
}

static bool add_entries(struct kubeconfig *config, enum kubeconfig_kind kind, const char *path,
			const struct yaml_node *root, struct error *err)
{
	const char *list_name = kind_rows[kind].list;
	const struct yaml_node *list = yaml_get(root, list_name);

	if (list == NULL || list->kind == YAML_NULL)
		return true;
	if (list->kind != YAML_SEQUENCE)
		return error_set_at(err, path, list->line, list->column, "%s must be a list, not %s", list_name,
				    yaml_kind_name(list->kind));
	for (size_t i = 0; i < list->count; i++)
		if (!add_entry(config, kind, path, list->items[i], err))
			return false;
	return true;
}

static bool add_root(struct kubeconfig *config, const char *path, const struct yaml_node *root, struct error *err)
{
	const struct yaml_node *current = yaml_get(root, "current-context");
	const char *kind, *name;

	if (root->kind != YAML_MAPPING)
		return error_set_at(err, path, root->line, root->column, "a kubeconfig must be a mapping, not %s",
				    yaml_kind_name(root->kind));
	if (!scalar_text(path, yaml_get(root, "kind"), "kind", &kind, err))
		return false;
	if (kind && strcmp(kind, "Config") != 0)
		return error_set_at(err, path, root->line, root->column,
				    "this is a %s; a kubeconfig has kind: Config", kind);
	for (enum kubeconfig_kind i = 0; i < KUBECONFIG_KINDS; i++)
		if (!add_entries(config, i, path, root, err))
			return false;
	if (!scalar_text(path, current, "current-context", &name, err))
		return false;
	if (name && config->current_context == NULL) {
		config->current_context = name;
		config->current_context_path = path;
		config->current_context_node = current;
	}
	return true;
}

bool kubeconfig_add(struct kubeconfig *config, const char *path, const char *text, size_t length, struct error *err)
{
	const char *own_path = arena_copy(&config->arena, path, strlen(path));
	cleanup(diagnostics) struct diagnostics problems = DIAGNOSTICS_INIT;
	struct yaml_documents documents = { .count = 0 };

	if (!yaml_parse(&config->arena, own_path, text, length, &documents, &problems)) {
		const struct diagnostic *first = problems.items;

		return error_set_at(err, path, first ? first->line : 0, first ? first->column : 0, "%s",
				    first ? first->message : "this is not YAML");
	}
	config->files++;
	if (documents.count == 0)
		return true;
	if (documents.count > 1)
		return error_set_at(err, path, documents.roots[1]->line, documents.roots[1]->column,
				    "a kubeconfig is one YAML document; remove what follows \"---\"");
	return add_root(config, own_path, documents.roots[0], err);
}

bool kubeconfig_read(struct kubeconfig *config, const char *path, struct error *err)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	return file_read(path, YAML_SIZE_MAX, &text, err) &&
	       kubeconfig_add(config, path, buffer_text(&text), text.length, err);
}
