#include "render/convert/joined.h"

#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "render/lab/values.h"

#define NODE_NAME_WORD "__clabNodeName__"

enum { ENTRIES_MAX = 200 };

/* As Kubernetes takes it. */
static bool is_variable_name(const char *name)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.";

	return *name && !(*name >= '0' && *name <= '9') && name[strspn(name, allowed)] == '\0';
}

static void variable_take(struct reader *reader, const struct yaml_pair *pair, json_t *variables)
{
	const char *text = pair->value->kind == YAML_NULL ? "" : value_scalar_text(pair->value);

	if (text == NULL && pair->value->kind == YAML_BOOLEAN)
		text = pair->value->boolean ? "true" : "false";
	if (text_starts_with(pair->key, "__"))
		loss_warn(reader, pair->line, pair->column, "variable %s is left out: it is a word to containerlab",
			  reader_quote(reader, pair->key));
	else if (text == NULL || !is_variable_name(pair->key) || json_object_size(variables) >= ENTRIES_MAX)
		loss_warn(reader, pair->line, pair->column,
			  "variable %s is left out: a pod takes names of letters, digits, \"_\", \"-\" and \".\", "
			  "and text",
			  reader_quote(reader, pair->key));
	else
		json_set_text(variables, pair->key, text);
}

json_t *joined_environment_build(struct reader *reader, const struct wiring_node *node)
{
	cleanup(json) json_t *variables = json_object();

	for (size_t layer = SAID_COUNT; layer-- > 0;) {
		const struct yaml_node *mapping = yaml_get(node->said.of[layer], "env");

		if (mapping == NULL || mapping->kind == YAML_NULL)
			continue;
		if (mapping->kind != YAML_MAPPING) {
			loss_warn(reader, mapping->line, mapping->column, "env is left out: it must be a mapping");
			continue;
		}
		for (size_t i = 0; i < mapping->count; i++)
			variable_take(reader, &mapping->pairs[i], variables);
	}
	return json_object_size(variables) ? steal(&variables) : NULL;
}

/* With the node's name in the place of containerlab's word for it. In the arena. */
static const char *name_fill(struct arena *arena, const char *text, size_t length, const char *name)
{
	cleanup(free) char *part = string_copy_n(text, length);
	cleanup(buffer) struct buffer filled = BUFFER_INIT;
	const char *rest = part;

	for (const char *at; (at = strstr(rest, NODE_NAME_WORD)) != NULL; rest = at + strlen(NODE_NAME_WORD)) {
		buffer_append(&filled, rest, (size_t)(at - rest));
		buffer_append_text(&filled, name);
	}
	buffer_append_text(&filled, rest);
	return arena_copy(arena, buffer_text(&filled), filled.length);
}

static bool ends_with_slash(const char *path)
{
	size_t length = strlen(path);

	return length > 0 && path[length - 1] == '/';
}

/* NULL, or why a pod cannot have it as a file. */
static const char *bind_wrong(const char *source, const char *path)
{
	if (*source == '/' || *source == '~')
		return "it is a path of the machine that containerlab runs on";
	if (strstr(source, "__clab") || strchr(source, '$') || strchr(path, '$'))
		return "its path is only known to containerlab";
	if (*path != '/')
		return "it does not say where in the container";
	if (ends_with_slash(source) || ends_with_slash(path) || text_equal(source, ".") || text_equal(source, ".."))
		return "it is a folder; list its files under files";
	return NULL;
}

/* "SOURCE:PATH" or "SOURCE:PATH:OPTIONS". A later one of the same path holds. */
static void bind_take(struct reader *reader, const struct wiring_node *node, const struct yaml_node *item,
		      json_t *files)
{
	const char *text = item->kind == YAML_STRING ? item->text : "", *colon = strchr(text, ':');
	const char *source, *path,
		*wrong = "it names no file and its place in the container, like a.conf:/etc/a.conf";

	if (colon && colon != text) {
		source = name_fill(reader->arena, text, (size_t)(colon - text), node->name);
		path = name_fill(reader->arena, colon + 1, strcspn(colon + 1, ":"), node->name);
		wrong = bind_wrong(source, path);
	}
	if (wrong == NULL && json_object_size(files) >= ENTRIES_MAX)
		wrong = "there are too many";
	if (wrong)
		loss_warn(reader, item->line, item->column, "bind %s is left out: %s", reader_quote(reader, text),
			  wrong);
	else
		json_set_text(files, path, source + (text_starts_with(source, "./") ? 2 : 0));
}

json_t *joined_files_build(struct reader *reader, const struct wiring_node *node)
{
	cleanup(json) json_t *by_path = json_object();
	json_t *files, *file;
	const char *path;

	for (size_t layer = SAID_COUNT; layer-- > 0;) {
		const struct yaml_node *list = yaml_get(node->said.of[layer], "binds");

		if (list == NULL || list->kind == YAML_NULL)
			continue;
		if (list->kind != YAML_SEQUENCE) {
			loss_warn(reader, list->line, list->column, "binds are left out: they must be a list");
			continue;
		}
		for (size_t i = 0; i < list->count; i++)
			bind_take(reader, node, list->items[i], by_path);
	}
	if (json_object_size(by_path) == 0)
		return NULL;
	files = json_array();
	json_object_foreach (by_path, path, file)
		json_array_append_new(files, json_pack("{s:s, s:O}", "path", path, "file", file));
	return files;
}
