#include "render/lab/nodes.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/lab_names.h"
#include "render/lab/machine_fields.h"
#include "render/lab/names.h"
#include "render/lab/neighbours.h"
#include "render/lab/pod_fields.h"
#include "render/lab/replicas.h"
#include "render/lab/srl_fields.h"
#include "render/lab/vm_fields.h"

const struct value_type nodes_type = {
	.shape = VALUE_MAP,
	.items = &node_type,
	.items_max = LAB_NODES_MAX,
	.key_pattern = NAME_PATTERN,
};

static int draft_compare(const void *left, const void *right)
{
	const struct node_draft *a = left, *b = right;
	int order = strcmp(a->name, b->name);

	if (order == 0)
		order = (a->line > b->line) - (a->line < b->line);
	return order ? order : (a->column > b->column) - (a->column < b->column);
}

static int draft_compare_name(const void *name, const void *draft)
{
	return strcmp(name, ((const struct node_draft *)draft)->name);
}

const struct node_draft *nodes_find(const struct node_list *list, const char *name)
{
	if (list->count == 0)
		return NULL;
	return bsearch(name, list->drafts, list->count, sizeof(*list->drafts), draft_compare_name);
}

/* A node that names two types; the second one's place is told. */
static bool has_two_types(struct reader *reader, const struct yaml_pair *node)
{
	const struct yaml_pair *first = NULL;
	enum node_type type;

	for (size_t i = 0; node->value->kind == YAML_MAPPING && i < node->value->count; i++) {
		const struct yaml_pair *pair = &node->value->pairs[i];

		if (pair->value->kind == YAML_NULL ||
		    !(node_type_parse(pair->key, &type) || node_type_is_unsupported(pair->key)))
			continue;
		if (first) {
			reader_error(reader, pair->line, pair->column, "node \"%s\" has two types (%s, %s); keep one",
				     node->key, first->key, pair->key);
			return true;
		}
		first = pair;
	}
	return false;
}

static void type_derive(struct reader *reader, struct node_draft *draft)
{
	size_t length = strcspn(draft->name, "-");
	cleanup(free) char *prefix = string_copy_n(draft->name, length);

	if (draft->name[length] == '\0')
		*prefix = '\0';
	if (node_type_parse(prefix, &draft->type))
		draft->typed = true;
	else if (node_type_is_unsupported(prefix))
		node_type_refuse(reader, draft->line, draft->column, prefix);
	else if (draft->link)
		reader_error(reader, draft->line, draft->column,
			     "node \"%s\" of link \"%s\" is not defined; add it under spec.nodes, or name it vm-..., "
			     "pod-... or srl-...",
			     draft->name, draft->link->name);
	else
		reader_error(
			reader, draft->line, draft->column,
			"node \"%s\" has no type; put vm, pod or srl under it, or name it vm-..., pod-... or srl-...",
			draft->name);
}

static void draft_read(struct reader *reader, const struct yaml_pair *pair, struct node_draft *draft)
{
	*draft = (struct node_draft){ .name = pair->key, .line = pair->line, .column = pair->column };
	if (has_two_types(reader, pair))
		return;
	settings_read_node(reader, pair->value, &draft->settings);
	if (draft->settings.vm || draft->settings.pod || draft->settings.srl || draft->settings.machine) {
		draft->typed = true;
		draft->type = draft->settings.vm    ? NODE_VM
			      : draft->settings.pod ? NODE_POD
			      : draft->settings.srl ? NODE_SRL
						    : NODE_MACHINE;
	} else if (!draft->settings.broken) {
		type_derive(reader, draft);
	}
}

/* The nodes that only links name, after those in the list. */
static void collect_mentioned(struct reader *reader, const struct link_list *links, struct node_list *list)
{
	struct node_list declared = *list;
	size_t kept = declared.count;

	for (size_t i = 0; i < links->connector_count; i++) {
		const struct connector *connector = &links->connectors[i];

		if (connector->node && nodes_find(&declared, connector->node) == NULL)
			list->drafts[list->count++] = (struct node_draft){ .name = connector->node,
									   .line = connector->interface.line,
									   .column = connector->interface.column,
									   .link = connector->interface.link };
	}
	qsort(list->drafts + kept, list->count - kept, sizeof(*list->drafts), draft_compare);
	for (size_t i = kept; i < list->count; i++)
		if (kept == declared.count || !text_equal(list->drafts[kept - 1].name, list->drafts[i].name))
			list->drafts[kept++] = list->drafts[i];
	list->count = kept;
	for (size_t i = declared.count; i < list->count; i++)
		type_derive(reader, &list->drafts[i]);
	qsort(list->drafts, list->count, sizeof(*list->drafts), draft_compare);
}

static void declared_read(struct reader *reader, const struct yaml_node *mapping, struct node_list *list)
{
	for (size_t i = 0; mapping && i < mapping->count; i++) {
		const struct yaml_pair *pair = &mapping->pairs[i];

		if (name_check_key(reader, "node", pair))
			draft_read(reader, pair, &list->drafts[list->count++]);
	}
}

void nodes_collect(struct reader *reader, const char *lab, const struct yaml_node *mapping,
		   const struct settings_layers *layers, struct link_list *links, struct node_list *list)
{
	size_t declared = mapping ? mapping->count : 0;
	struct node_draft *drafts;

	*list = (struct node_list){ .drafts = arena_new(reader->arena, (declared + 1) * sizeof(*list->drafts)) };
	declared_read(reader, mapping, list);
	replicas_expand(reader, layers, list);
	connectors_expand(reader, list, links);
	drafts = arena_new(reader->arena, (list->count + links->connector_count + 1) * sizeof(*drafts));
	memcpy(drafts, list->drafts, list->count * sizeof(*drafts));
	list->drafts = drafts;
	qsort(list->drafts, list->count, sizeof(*list->drafts), draft_compare);
	collect_mentioned(reader, links, list);
	if (list->count > LAB_NODES_MAX)
		reader_error(reader, list->drafts[LAB_NODES_MAX].line, list->drafts[LAB_NODES_MAX].column,
			     "lab \"%s\" has %zu nodes; at most %d are taken", lab, list->count, LAB_NODES_MAX);
}

static bool is_complete(const struct node_draft *draft, const struct settings_layers *layers)
{
	for (size_t i = 0; i < layers->count; i++)
		if (layers->items[i]->broken)
			return false;
	return !draft->settings.broken;
}

static void node_settle(struct reader *reader, const struct node_draft *draft, const struct settings_layers *layers,
			struct lab_node *node)
{
	struct place place = { reader->path, draft->line, draft->column };
	bool complete = is_complete(draft, layers);

	switch (draft->type) {
	case NODE_VM:
		node->vm = vm_settle(reader, draft->name, &place,
				     settings_merge_vm(reader->arena, layers, &draft->settings), complete);
		break;
	case NODE_POD:
		node->pod = pod_settle(reader, draft->name, &place,
				       settings_merge_pod(reader->arena, layers, &draft->settings), complete);
		break;
	case NODE_SRL:
		node->srl = srl_settle(reader, draft->name, &place,
				       settings_merge_srl(reader->arena, layers, &draft->settings), complete);
		break;
	case NODE_MACHINE:
		node->machine = machine_settle(reader, draft->name, draft->settings.machine);
		break;
	}
}

/* The replicas of one node follow each other; a name that is too long is told of the first of them. */
static const char *object_name_make(struct reader *reader, const struct lab *lab, const struct node_list *list,
				    size_t at, const struct lab_node *nodes)
{
	const struct node_draft *draft = &list->drafts[at];
	bool told = at > 0 && nodes[at - 1].object_name == NULL && draft[-1].line == draft->line &&
		    draft[-1].column == draft->column;
	size_t prefix = lab->plain_names ? 0 : strlen(lab->name) + 1;

	if (told && prefix + strlen(draft->name) > NAME_LENGTH_MAX)
		return NULL;
	return lab_object_name(reader, lab, "node", draft->name, draft->line, draft->column);
}

static const struct port_list *ports_of(const struct lab_node *node)
{
	if (node->vm)
		return node->vm->ports;
	return node->pod ? node->pod->ports : NULL;
}

/* RFC 1035 wants a letter first; with the lab's name before it, there is one. */
static void service_name_check(struct reader *reader, const struct lab *lab, const struct lab_node *node)
{
	const struct port_list *ports = ports_of(node);

	if (lab->plain_names && ports && ports->count && node->name[0] >= '0' && node->name[0] <= '9')
		reader_error(
			reader, node->line, node->column,
			"node name \"%s\" begins with a digit, and with objectNames: plain its Service is called "
			"so too; begin it with a letter, or set ports: []",
			node->name);
}

void nodes_settle(struct reader *reader, const struct lab *lab, const struct node_list *list,
		  const struct settings_layers *layers, struct lab_node *nodes)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct node_draft *draft = &list->drafts[i];

		nodes[i] = (struct lab_node){
			.name = draft->name,
			.object_name = object_name_make(reader, lab, list, i, nodes),
			.type = draft->type,
			.line = draft->line,
			.column = draft->column,
		};
		if (draft->typed)
			node_settle(reader, draft, layers, &nodes[i]);
		service_name_check(reader, lab, &nodes[i]);
	}
	neighbours_check(reader, nodes, list->count);
}
