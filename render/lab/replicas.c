#include "render/lab/replicas.h"

#include <string.h>

#include "base/text.h"

/* NULL when the layer says nothing about the number. */
static const int64_t *layer_replicas(const struct node_settings *layer, enum node_type type)
{
	if (type == NODE_VM)
		return layer->vm ? layer->vm->replicas : NULL;
	return type == NODE_POD && layer->pod ? layer->pod->replicas : NULL;
}

/* 0: the node stands for itself. */
static int64_t draft_replicas(const struct node_draft *draft, const struct settings_layers *layers)
{
	const int64_t *replicas;

	if (!draft->typed)
		return 0;
	replicas = layer_replicas(&draft->settings, draft->type);
	for (size_t i = layers->count; replicas == NULL && i > 0; i--)
		replicas = layer_replicas(layers->items[i - 1], draft->type);
	return replicas ? *replicas : 0;
}

static const char *replica_name(struct arena *arena, const char *node, int64_t ordinal)
{
	return arena_format(arena, "%s-%lld", node, (long long)ordinal);
}

static const struct node_draft *declared_find(const struct node_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (text_equal(list->drafts[i].name, name))
			return &list->drafts[i];
	return NULL;
}

static void draft_replicate(struct reader *reader, const struct node_list *declared, const struct node_draft *draft,
			    int64_t ordinal, struct node_draft *copy)
{
	const char *name = replica_name(reader->arena, draft->name, ordinal);
	const struct node_draft *other = declared_find(declared, name);

	*copy = *draft;
	copy->name = name;
	if (other)
		reader_error(reader, other->line, other->column,
			     "node \"%s\" is also one of the replicas of \"%s\" at %s:%zu:%zu; rename one", name,
			     draft->name, reader->path, draft->line, draft->column);
}

void replicas_expand(struct reader *reader, const struct settings_layers *layers, struct node_list *list)
{
	struct node_list declared = *list;
	struct replicated_node *replicated = arena_new(reader->arena, (declared.count + 1) * sizeof(*replicated));
	struct node_draft *drafts;
	size_t total = 0;

	for (size_t i = 0; i < declared.count; i++) {
		int64_t replicas = draft_replicas(&declared.drafts[i], layers);

		total += replicas ? (size_t)replicas : 1;
	}
	drafts = arena_new(reader->arena, (total + 1) * sizeof(*drafts));
	list->count = 0;
	for (size_t i = 0; i < declared.count; i++) {
		int64_t replicas = draft_replicas(&declared.drafts[i], layers);

		if (replicas == 0) {
			drafts[list->count++] = declared.drafts[i];
			continue;
		}
		replicated[list->replicated_count++] = (struct replicated_node){ declared.drafts[i].name, replicas };
		for (int64_t ordinal = 1; ordinal <= replicas; ordinal++)
			draft_replicate(reader, &declared, &declared.drafts[i], ordinal, &drafts[list->count++]);
	}
	list->drafts = drafts;
	list->replicated = replicated;
}

/* How many nodes the connector's name stands for; 0: itself. */
static int64_t connector_replicas(const struct node_list *list, const struct connector *connector)
{
	for (size_t i = 0; connector->node && i < list->replicated_count; i++)
		if (text_equal(list->replicated[i].name, connector->node))
			return list->replicated[i].replicas;
	return 0;
}

static size_t connectors_total(const struct node_list *list, const struct link_list *links)
{
	size_t total = 0;

	for (size_t i = 0; i < links->connector_count; i++) {
		int64_t replicas = connector_replicas(list, &links->connectors[i]);

		total += replicas ? (size_t)replicas : 1;
	}
	return total;
}

static void connector_append(struct link_list *links, const struct connector *connector)
{
	struct connector *added = &links->connectors[links->connector_count];
	bool same_link = links->connector_count > 0 && added[-1].interface.link == connector->interface.link;

	*added = *connector;
	added->position = same_link ? added[-1].position + 1 : 0;
	added->interface.position = added->position;
	links->connector_count++;
}

static void ends_count(struct link_list *links)
{
	for (size_t i = 0; i < links->link_count; i++)
		links->links[i].end_count = 0;
	for (size_t i = 0; i < links->connector_count; i++)
		links->links[links->connectors[i].interface.link - links->links].end_count++;
}

static void connector_expand(struct reader *reader, const struct node_list *list, const struct connector *connector,
			     struct link_list *links)
{
	int64_t replicas = connector_replicas(list, connector);
	struct connector copy;

	if (replicas == 0)
		connector_append(links, connector);
	for (int64_t ordinal = 1; ordinal <= replicas; ordinal++) {
		const char *name = replica_name(reader->arena, connector->node, ordinal);

		if (!connector_replicate(reader, connector, (size_t)ordinal - 1, name, &copy))
			return;
		connector_append(links, &copy);
	}
}

void connectors_expand(struct reader *reader, const struct node_list *list, struct link_list *links)
{
	struct link_list given = *links;

	links->connectors =
		arena_new(reader->arena, (connectors_total(list, &given) + 1) * sizeof(*links->connectors));
	links->connector_count = 0;
	for (size_t i = 0; i < given.connector_count; i++)
		connector_expand(reader, list, &given.connectors[i], links);
	ends_count(links);
}
