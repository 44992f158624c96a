#include "sync/inventory.h"

#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"
#include "sync/identity.h"
#include "sync/short_text.h"

enum { ENTRIES_MAX = 20000, MESSAGE_MAX = 1024 };

struct inventory *inventory_new(const char *cluster, const char *source, const char *namespace_name, const char *lab)
{
	struct inventory *inventory = memory_new(sizeof(*inventory));

	inventory->cluster = string_copy(cluster);
	inventory->source = string_copy(source);
	inventory->namespace_name = string_copy(namespace_name);
	inventory->lab = string_copy(lab);
	return inventory;
}

void inventory_clear_entries(struct inventory *inventory)
{
	for (size_t i = 0; i < inventory->count; i++)
		free(inventory->entries[i].name);
	inventory->count = 0;
}

void inventory_free(struct inventory *inventory)
{
	if (inventory == NULL)
		return;
	inventory_clear_entries(inventory);
	free(inventory->entries);
	free(inventory->lab);
	free(inventory->namespace_name);
	free(inventory->source);
	free(inventory->cluster);
	free(inventory->commit);
	free(inventory->path);
	free(inventory->state);
	free(inventory->message);
	free(inventory->dependencies);
	free(inventory->unknown);
	ledger_deinit(&inventory->operations);
	json_decref(inventory->live);
	free(inventory);
}

/* One line per object: "<Kind>.<group> <name>". False when it is of a kind that is not ours. */
static bool read_entry(struct inventory *inventory, const char *text)
{
	cleanup(free) char *line = string_copy(text);
	char *name = strchr(line, ' ');
	const struct kind *kind;
	char *group;

	if (name == NULL)
		return false;
	*name++ = '\0';
	group = strchr(line, '.');
	if (group)
		*group++ = '\0';
	kind = kind_find(group ? group : "", line);
	if (kind)
		inventory_add(inventory, kind, name);
	return kind != NULL;
}

/* What a newer labsync listed, or what is beyond our bound, stays in the list as it is. */
static void read_entries(struct inventory *inventory, const char *text)
{
	struct buffer unknown = BUFFER_INIT;

	for (size_t lines = 0; text && *text; lines++) {
		size_t length = strcspn(text, "\n");
		cleanup(free) char *line = string_copy_n(text, length);

		text += length + (text[length] == '\n');
		if (length > 0 && (lines >= ENTRIES_MAX || !read_entry(inventory, line)))
			buffer_format(&unknown, "%s\n", line);
	}
	inventory->unknown = unknown.length ? buffer_steal(&unknown) : NULL;
}

static const char *const data_keys[] = { "commit", "path", "state", "message" };

static char **data_field(struct inventory *inventory, size_t key)
{
	char **const fields[] = { &inventory->commit, &inventory->path, &inventory->state, &inventory->message };

	return fields[key];
}

struct inventory *inventory_new_from_parent(json_t *parent, const char *cluster, const char *source)
{
	const char *lab = object_label(parent, LABEL_PART_OF);
	cleanup(free) char *name = lab ? identity_parent_name_new(lab) : NULL;
	struct inventory *inventory;

	if (!text_equal(name, object_name(parent)) || !text_equal(source, object_label(parent, LABEL_SOURCE)) ||
	    !text_equal(cluster, json_text_at(parent, "data", "cluster", NULL)))
		return NULL;
	inventory = inventory_new(cluster, source, object_namespace(parent), lab);
	for (size_t i = 0; i < sizeof(data_keys) / sizeof(data_keys[0]); i++)
		*data_field(inventory, i) = string_copy(json_text_at(parent, "data", data_keys[i], NULL));
	inventory->dependencies = string_copy(json_text_at(parent, "data", "dependsOn", NULL));
	ledger_read(&inventory->operations, json_text_at(parent, "data", "operations", NULL));
	read_entries(inventory, json_text_at(parent, "data", "objects", NULL));
	inventory->live = json_incref(parent);
	return inventory;
}

bool inventory_contains(const struct inventory *inventory, const struct kind *kind, const char *name)
{
	for (size_t i = 0; i < inventory->count; i++)
		if (inventory->entries[i].kind == kind && strcmp(inventory->entries[i].name, name) == 0)
			return true;
	return false;
}

bool inventory_add(struct inventory *inventory, const struct kind *kind, const char *name)
{
	if (inventory_contains(inventory, kind, name))
		return false;
	memory_grow(&inventory->entries, inventory->count, &inventory->capacity, sizeof(*inventory->entries));
	inventory->entries[inventory->count++] = (struct inventory_entry){ .kind = kind, .name = string_copy(name) };
	return true;
}

static int entry_compare(const void *left, const void *right)
{
	const struct inventory_entry *a = left, *b = right;
	int order = (a->kind > b->kind) - (a->kind < b->kind);

	return order ? order : strcmp(a->name, b->name);
}

static char *entries_text_new(const struct inventory *inventory)
{
	struct inventory_entry *sorted = memory_new_array(inventory->count, sizeof(*sorted));
	struct buffer text = BUFFER_INIT;

	if (inventory->count) {
		memcpy(sorted, inventory->entries, inventory->count * sizeof(*sorted));
		qsort(sorted, inventory->count, sizeof(*sorted), entry_compare);
	}
	for (size_t i = 0; i < inventory->count; i++) {
		cleanup(free) char *group_kind = kind_group_kind_new(sorted[i].kind);

		buffer_format(&text, "%s %s\n", group_kind, sorted[i].name);
	}
	if (inventory->unknown)
		buffer_append_text(&text, inventory->unknown);
	free(sorted);
	return buffer_steal(&text);
}

/* KEP-3659: sorted, comma-separated Kind.group of everything in the set. The
 * table of kinds is small, so a sort of its names is enough. */
static int text_pointer_compare(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

static char *group_kinds_new(const struct inventory *inventory)
{
	char *names[KIND_COUNT];
	size_t count = 0;
	struct buffer text = BUFFER_INIT;

	for (size_t kind = 0; kind < KIND_COUNT; kind++) {
		bool used = false;

		for (size_t i = 0; i < inventory->count; i++)
			used = used || inventory->entries[i].kind == kind_at(kind);
		if (used)
			names[count++] = kind_group_kind_new(kind_at(kind));
	}
	if (count)
		qsort(names, count, sizeof(*names), text_pointer_compare);
	for (size_t i = 0; i < count; i++) {
		buffer_format(&text, "%s%s", i ? "," : "", names[i]);
		free(names[i]);
	}
	return buffer_steal(&text);
}

json_t *inventory_build_parent(const struct inventory *inventory)
{
	cleanup(free) char *name = identity_parent_name_new(inventory->lab);
	cleanup(free) char *id = identity_applyset_id_new(inventory->lab, inventory->namespace_name);
	cleanup(free) char *kinds = group_kinds_new(inventory);
	cleanup(free) char *objects = entries_text_new(inventory);
	cleanup(free) char *operations = ledger_text_new(&inventory->operations);
	cleanup(free) char *message = short_text_new(inventory->message ? inventory->message : "", MESSAGE_MAX);
	json_t *parent;

	parent = json_pack(
		"{s:s, s:s, s:{s:s, s:s, s:{s:s, s:s, s:s, s:s}, s:{s:s, s:s, s:s}}, s:{s:s, s:s}}", "apiVersion",
		"v1", "kind", "ConfigMap", "metadata", "name", name, "namespace", inventory->namespace_name, "labels",
		LABEL_MANAGED_BY, "labsync", LABEL_PART_OF, inventory->lab, LABEL_SOURCE, inventory->source,
		LABEL_APPLYSET_ID, id, "annotations", "applyset.kubernetes.io/tooling", "labsync/" LABSYNC_VERSION,
		"applyset.kubernetes.io/contains-group-kinds", kinds, "applyset.kubernetes.io/additional-namespaces",
		"", "data", "cluster", inventory->cluster, "objects", objects);
	for (size_t i = 0; i < sizeof(data_keys) / sizeof(data_keys[0]); i++) {
		const char *value = *data_field((struct inventory *)inventory, i);

		json_object_set_new(json_object_get(parent, "data"), data_keys[i],
				    json_string(i == 3  ? message
						: value ? value
							: ""));
	}
	json_set_text(json_object_get(parent, "data"), "dependsOn", inventory->dependencies);
	json_set_text(json_object_get(parent, "data"), "operations", operations);
	return parent;
}

bool inventory_is_written(const struct inventory *inventory)
{
	cleanup(json) json_t *wanted = inventory_build_parent(inventory);
	const char *key;
	json_t *value;

	if (inventory->live == NULL ||
	    !json_equal(json_at(wanted, "data", NULL), json_at(inventory->live, "data", NULL)))
		return false;
	json_object_foreach (json_at(wanted, "metadata", "annotations", NULL), key, value)
		if (!json_equal(value, json_at(inventory->live, "metadata", "annotations", key, NULL)))
			return false;
	json_object_foreach (json_at(wanted, "metadata", "labels", NULL), key, value)
		if (!json_equal(value, json_at(inventory->live, "metadata", "labels", key, NULL)))
			return false;
	return true;
}

char *inventory_collection_path_new(const struct inventory *inventory)
{
	return string_format("/api/v1/namespaces/%s/configmaps", inventory->namespace_name);
}

char *inventory_path_new(const struct inventory *inventory)
{
	return string_format("/api/v1/namespaces/%s/configmaps/labsync-%s", inventory->namespace_name,
			     inventory->lab);
}
