#include "render/lab/nodes.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/names.h"

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
		reader_error(
			reader, draft->line, draft->column,
			"node \"%s\" of link \"%s\" is not defined; add it under spec.nodes, or name it vm-... or "
			"pod-...",
			draft->name, draft->link->name);
	else
		reader_error(reader, draft->line, draft->column,
			     "node \"%s\" has no type; put vm or pod under it, or name it vm-... or pod-...",
			     draft->name);
}

static void draft_read(struct reader *reader, const struct yaml_pair *pair, struct node_draft *draft)
{
	*draft = (struct node_draft){ .name = pair->key, .line = pair->line, .column = pair->column };
	if (has_two_types(reader, pair))
		return;
	settings_read_node(reader, pair->value, &draft->settings);
	if (draft->settings.vm || draft->settings.pod) {
		draft->typed = true;
		draft->type = draft->settings.vm ? NODE_VM : NODE_POD;
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

void nodes_collect(struct reader *reader, const char *lab, const struct yaml_node *mapping,
		   const struct link_list *links, struct node_list *list)
{
	size_t declared = mapping ? mapping->count : 0;

	list->count = 0;
	list->drafts = arena_new(reader->arena, (declared + links->connector_count + 1) * sizeof(*list->drafts));
	for (size_t i = 0; i < declared; i++) {
		const struct yaml_pair *pair = &mapping->pairs[i];

		if (name_check(reader, "node", pair->key, pair->line, pair->column))
			draft_read(reader, pair, &list->drafts[list->count++]);
	}
	qsort(list->drafts, list->count, sizeof(*list->drafts), draft_compare);
	collect_mentioned(reader, links, list);
	if (list->count > LAB_NODES_MAX)
		reader_error(reader, list->drafts[LAB_NODES_MAX].line, list->drafts[LAB_NODES_MAX].column,
			     "lab \"%s\" has %zu nodes; at most %d are taken", lab, list->count, LAB_NODES_MAX);
}

/* A field that has no value in any layer. */
static void missing(struct reader *reader, const struct node_draft *draft, const char *type, const char *field)
{
	reader_error(reader, draft->line, draft->column,
		     "node \"%s\" has no %s; set it in the node, in spec.defaults.%s.%s of the Lab, or in "
		     "spec.defaultNode.%s.%s of a KNLConfig named knlcfg",
		     draft->name, field, type, field, type, field);
}

static struct lab_port *ports_copy(struct arena *arena, const struct port_list *list)
{
	struct lab_port *ports = arena_new(arena, (list->count + 1) * sizeof(*ports));

	if (list->count)
		memcpy(ports, list->ports, list->count * sizeof(*ports));
	return ports;
}

static void vm_settle(struct reader *reader, const struct node_draft *draft, const struct vm_settings *settings,
		      struct lab_vm *vm)
{
	*vm = (struct lab_vm){
		.image = settings->image,
		.disk_size = settings->disk_size,
		.cpu = *settings->cpu,
		.memory = settings->memory,
		.cpu_pin = *settings->cpu_pin,
		.huge_page = *settings->huge_page,
		.init = *settings->init,
		.ports = ports_copy(reader->arena, settings->ports),
		.port_count = settings->ports->count,
		.user = settings->user,
		.password = settings->password,
	};
	if (vm->huge_page && !memory_fills_huge_pages(vm->memory))
		reader_error(reader, draft->line, draft->column,
			     "node \"%s\" has hugePage, so its memory must be a multiple of 1Gi, not %s", draft->name,
			     vm->memory);
}

static void pod_settle(struct reader *reader, const struct pod_settings *settings, struct lab_pod *pod)
{
	*pod = (struct lab_pod){
		.image = settings->image,
		.command = settings->command->words ? settings->command->words
						    : arena_new(reader->arena, sizeof(const char *)),
		.command_count = settings->command->count,
		.privileged = *settings->privileged,
		.disk_size = settings->disk_size,
		.memory = settings->memory,
		.cpu = settings->cpu,
	};
}

static void node_settle(struct reader *reader, const struct node_draft *draft, const struct node_defaults *defaults,
			struct lab_node *node)
{
	const struct node_settings *layers[] = { defaults->config, defaults->lab, &draft->settings };
	bool broken = defaults->config->broken || defaults->lab->broken || draft->settings.broken;
	struct vm_settings vm;
	struct pod_settings pod;

	if (draft->type == NODE_VM) {
		settings_merge_vm(layers, 3, &vm);
		vm_settle(reader, draft, &vm, &node->vm);
		if (vm.image == NULL && !broken)
			missing(reader, draft, "vm", "image");
		if (vm.disk_size == NULL && !broken)
			missing(reader, draft, "vm", "diskSize");
	} else {
		settings_merge_pod(layers, 3, &pod);
		pod_settle(reader, &pod, &node->pod);
		if (pod.image == NULL && !broken)
			missing(reader, draft, "pod", "image");
	}
}

void nodes_settle(struct reader *reader, const char *lab, const struct node_list *list,
		  const struct node_defaults *defaults, struct lab_node *nodes)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct node_draft *draft = &list->drafts[i];

		nodes[i] = (struct lab_node){
			.name = draft->name,
			.object_name = name_join(reader, lab, "node", draft->name, draft->line, draft->column),
			.type = draft->type,
			.line = draft->line,
			.column = draft->column,
		};
		if (draft->typed)
			node_settle(reader, draft, defaults, &nodes[i]);
	}
}
