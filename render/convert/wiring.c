#include "render/convert/wiring.h"

#include <string.h>

#include "base/text.h"
#include "render/convert/bodies.h"
#include "render/convert/links.h"
#include "render/lab/nodes.h"
#include "render/lab/values.h"

void texts_add(struct arena *arena, struct texts *texts, const char *text)
{
	if (texts->count == texts->capacity) {
		size_t capacity = texts->capacity ? 2 * texts->capacity : 4;
		const char **items = arena_new(arena, capacity * sizeof(*items));

		if (texts->count)
			memcpy(items, texts->items, texts->count * sizeof(*items));
		texts->items = items;
		texts->capacity = capacity;
	}
	texts->items[texts->count++] = text;
}

struct wiring_node *wiring_find(const struct wiring *wiring, const char *name)
{
	for (size_t i = 0; i < wiring->node_count; i++)
		if (text_equal(wiring->nodes[i].name, name))
			return &wiring->nodes[i];
	return NULL;
}

/* False, and said, when it is there and no mapping. */
static bool is_mapping(struct reader *reader, const struct yaml_node *value, const char *what)
{
	if (value->kind == YAML_MAPPING)
		return true;
	reader_refuse(reader, value, "%s must be a mapping, not %s", what, yaml_kind_name(value->kind));
	return false;
}

static void node_refuse(struct reader *reader, const struct wiring_node *node, const char *reason)
{
	const struct yaml_pair *kind = layers_find(&node->said, "kind");

	loss_warn(reader, node->line, node->column, "node %s of kind %s is left out: %s",
		  reader_quote(reader, node->name), reader_quote(reader, kind->value->text), reason);
}

static void node_read(struct reader *reader, const struct yaml_node *mapping, const struct yaml_pair *pair,
		      struct wiring_node *node)
{
	const struct node_kind *kind;
	char hint[KIND_HINT_SIZE];

	*node = (struct wiring_node){ .name = pair->key, .line = pair->line, .column = pair->column };
	layers_collect(mapping, pair->value, &node->said);
	if (pair->value->kind != YAML_NULL && is_mapping(reader, pair->value, "a node"))
		layers_review(reader, pair->value, "a node");
	if (node->said.kind == NULL) {
		reader_error(reader, pair->line, pair->column,
			     "node %s has no kind; add kind: linux to it, or to topology.defaults",
			     reader_quote(reader, pair->key));
		return;
	}
	kind = node_kind_find(node->said.kind);
	node->role = kind ? kind->role : KIND_APPLIANCE;
	node->kept = node->role != KIND_APPLIANCE && node->role != KIND_HOST;
	if (kind == NULL)
		loss_warn(reader, pair->line, pair->column, "node %s is left out: its kind %s is not known%s",
			  reader_quote(reader, pair->key), reader_quote(reader, node->said.kind),
			  node_kind_hint(node->said.kind, hint));
	else if (node->role == KIND_APPLIANCE)
		node_refuse(reader, node, "its container only works with what containerlab prepares for it");
	else if (node->role == KIND_HOST)
		node_refuse(reader, node, "it is outside of the lab");
	else if (node->role != KIND_BRIDGE)
		node->kept = body_is_possible(reader, node);
}

static void nodes_read(struct reader *reader, const struct yaml_node *mapping, struct wiring *wiring)
{
	const struct yaml_pair *pair = yaml_get_pair(mapping, "nodes");

	if (pair == NULL || pair->value->kind == YAML_NULL ||
	    (pair->value->kind == YAML_MAPPING && pair->value->count == 0)) {
		reader_error(reader, mapping->line, mapping->column, "the topology has no nodes");
		return;
	}
	if (!is_mapping(reader, pair->value, "nodes"))
		return;
	if (pair->value->count > LAB_NODES_MAX) {
		reader_refuse(reader, pair->value, "the topology has %zu nodes; at most %d are taken",
			      pair->value->count, LAB_NODES_MAX);
		return;
	}
	wiring->nodes = arena_new(reader->arena, pair->value->count * sizeof(*wiring->nodes));
	for (size_t i = 0; i < pair->value->count; i++)
		node_read(reader, mapping, &pair->value->pairs[i], &wiring->nodes[wiring->node_count++]);
}

/* topology.kinds or .groups: the settings of each entry. */
static void table_review(struct reader *reader, const struct yaml_node *topology, const char *table, const char *what)
{
	const struct yaml_node *entries = yaml_get(topology, table);

	if (entries == NULL || entries->kind == YAML_NULL || !is_mapping(reader, entries, table))
		return;
	for (size_t i = 0; i < entries->count; i++) {
		const struct yaml_pair *pair = &entries->pairs[i];

		if (pair->value->kind != YAML_NULL && is_mapping(reader, pair->value, what))
			layers_review(reader, pair->value, what);
	}
}

static void topology_keys_review(struct reader *reader, const struct yaml_node *mapping)
{
	static const char *const known[] = { "defaults", "groups", "kinds", "links", "nodes", NULL };
	const struct yaml_node *defaults = yaml_get(mapping, "defaults");

	for (size_t i = 0; i < mapping->count; i++) {
		const char *const *name = known;

		while (*name && !text_equal(*name, mapping->pairs[i].key))
			name++;
		if (*name == NULL)
			loss_warn_unknown(reader, &mapping->pairs[i], "topology", known);
	}
	if (defaults && defaults->kind != YAML_NULL && is_mapping(reader, defaults, "defaults"))
		layers_review(reader, defaults, "defaults");
	table_review(reader, mapping, "kinds", "a kind");
	table_review(reader, mapping, "groups", "a group");
}

/* What stands beside name and topology. */
static void root_review(struct reader *reader, const struct yaml_node *root)
{
	static const struct {
		const char *name, *lost;
	} beside[] = {
		{ "name", NULL },
		{ "topology", NULL },
		{ "mgmt", "the cluster's pod network takes its place" },
		{ "prefix", "objects on the cluster are called after the lab and the node" },
		{ "settings", "a lab issues no certificates" },
		{ "debug", "it is a matter of containerlab" },
	};
	enum { BESIDE_COUNT = sizeof(beside) / sizeof(beside[0]) };
	const char *names[BESIDE_COUNT + 1] = { NULL };

	for (size_t i = 0; i < BESIDE_COUNT; i++)
		names[i] = beside[i].name;
	for (size_t i = 0; i < root->count; i++) {
		const struct yaml_pair *pair = &root->pairs[i];
		size_t at = 0;

		while (at < BESIDE_COUNT && !text_equal(beside[at].name, pair->key))
			at++;
		if (at == BESIDE_COUNT)
			loss_warn_unknown(reader, pair, "the file", names);
		else if (beside[at].lost && pair->value->kind != YAML_NULL)
			loss_warn(reader, pair->line, pair->column, "%s is left out: %s", pair->key, beside[at].lost);
	}
}

static void name_read(struct reader *reader, const struct yaml_node *root, struct wiring *wiring)
{
	const struct yaml_pair *pair = yaml_get_pair(root, "name");
	const char *text = pair ? value_scalar_text(pair->value) : NULL;

	if (text && *text) {
		wiring->name = text;
		wiring->name_line = pair->line;
		wiring->name_column = pair->column;
	} else if (pair && pair->value->kind != YAML_NULL) {
		reader_refuse(reader, pair->value, "name must be a string");
	} else {
		reader_error(reader, root->line, root->column, "the topology has no name; add name: at the top");
	}
}

bool wiring_read(struct reader *reader, const struct yaml_node *root, struct wiring *wiring)
{
	const struct yaml_node *mapping;

	*wiring = (struct wiring){ .name = NULL };
	if (!is_mapping(reader, root, "a containerlab file"))
		return false;
	root_review(reader, root);
	name_read(reader, root, wiring);
	mapping = yaml_get(root, "topology");
	if (mapping == NULL || mapping->kind == YAML_NULL) {
		reader_error(reader, root->line, root->column,
			     "there is no topology here; is it a containerlab file?");
		return false;
	}
	if (!is_mapping(reader, mapping, "topology"))
		return false;
	topology_keys_review(reader, mapping);
	nodes_read(reader, mapping, wiring);
	links_collect(reader, yaml_get(mapping, "links"), wiring);
	return reader->errors == 0;
}
