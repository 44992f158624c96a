#include "render/lab/links.h"

#include <string.h>

#include "render/lab/names.h"
#include "render/lab/values.h"

struct link_fields {
	const struct yaml_pair *nodes;
};

enum { CONNECTORS_MIN = 2 };

static const struct value_type connectors_type = {
	.shape = VALUE_LIST,
	.items = &connector_type,
	.items_min = CONNECTORS_MIN,
};

static const struct field link_fields[] = {
	{ "nodes", value_sequence_pair, offsetof(struct link_fields, nodes), &connectors_type,
	  "The link's ends, at least two. A node may be there more than once.", .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

static const struct value_type link_type = { .name = "Link", .shape = VALUE_OBJECT, .fields = link_fields };
const struct value_type links_type = {
	.shape = VALUE_MAP,
	.items = &link_type,
	.items_max = LAB_LINKS_MAX,
	.key_pattern = NAME_PATTERN,
};

/* An address on a link, to find the same one twice. */
struct link_address {
	const struct ip_address *address;
	const struct yaml_node *place;
};

static int link_address_compare(const void *left, const void *right)
{
	const struct link_address *a = left, *b = right;
	int order = ip_address_compare(a->address, b->address);

	if (order == 0)
		order = (a->place->line > b->place->line) - (a->place->line < b->place->line);
	if (order == 0)
		order = (a->place->column > b->place->column) - (a->place->column < b->place->column);
	return order;
}

/* An L2 segment on which two NICs have one address does not work. */
static void check_addresses(struct reader *reader, const struct lab_link *link, const struct connector *connectors,
			    size_t count)
{
	cleanup(free) struct link_address *all = NULL;
	size_t total = 0, filled = 0;

	for (size_t i = 0; i < count; i++)
		total += connectors[i].interface.address_count;
	all = memory_new_array(total, sizeof(*all));
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < connectors[i].interface.address_count; j++)
			all[filled++] = (struct link_address){ .address = &connectors[i].prefixes[j].address,
							       .place = connectors[i].prefix_places[j] };
	qsort(all, total, sizeof(*all), link_address_compare);
	for (size_t i = 1; i < total; i++)
		if (ip_address_compare(all[i - 1].address, all[i].address) == 0)
			reader_refuse(reader, all[i].place,
				      "address \"%s\" is on link \"%s\" twice, also at %s:%zu:%zu; change one",
				      all[i].place->text, link->name, reader->path, all[i - 1].place->line,
				      all[i - 1].place->column);
}

static void connectors_read(struct reader *reader, const struct lab_link *link, const struct yaml_node *items,
			    struct link_list *list)
{
	struct connector *connectors = &list->connectors[list->connector_count];

	for (size_t i = 0; i < items->count; i++)
		connector_read(reader, items->items[i], link, i, &connectors[i]);
	list->connector_count += items->count;
	check_addresses(reader, link, connectors, items->count);
}

static void link_read(struct reader *reader, const char *lab, const struct yaml_pair *pair, struct link_list *list)
{
	struct lab_link *link = &list->links[list->link_count];
	struct link_fields fields = { .nodes = NULL };
	size_t before = reader->errors, count;

	if (!name_check(reader, "link", pair->key, pair->line, pair->column))
		return;
	*link = (struct lab_link){
		.name = pair->key,
		.object_name = name_join(reader, lab, "link", pair->key, pair->line, pair->column),
		.line = pair->line,
		.column = pair->column,
	};
	list->link_count++;
	fields_read(reader, pair->value, "link", link_fields, &fields);
	count = fields.nodes ? fields.nodes->value->count : 0;
	if (count < CONNECTORS_MIN && reader->errors == before)
		reader_error(reader, pair->line, pair->column,
			     "link \"%s\" has %zu connector%s; list at least 2 under nodes", link->name, count,
			     count == 1 ? "" : "s");
	if (fields.nodes)
		connectors_read(reader, link, fields.nodes->value, list);
}

static int pair_compare(const void *left, const void *right)
{
	const struct yaml_pair *const *a = left, *const *b = right;

	return strcmp((*a)->key, (*b)->key);
}

/* How many connectors there can be at most. */
static size_t connectors_count(const struct yaml_node *mapping)
{
	size_t count = 0;

	for (size_t i = 0; i < mapping->count; i++) {
		const struct yaml_node *nodes = yaml_get(mapping->pairs[i].value, "nodes");

		if (nodes && nodes->kind == YAML_SEQUENCE)
			count += nodes->count;
	}
	return count;
}

void links_read(struct reader *reader, const char *lab, const struct yaml_node *mapping, struct link_list *list)
{
	cleanup(free) const struct yaml_pair **pairs = memory_new_array(mapping->count, sizeof(*pairs));

	if (mapping->count > LAB_LINKS_MAX) {
		reader_refuse(reader, mapping, "lab \"%s\" has %zu links; at most %d are taken", lab, mapping->count,
			      LAB_LINKS_MAX);
		return;
	}
	for (size_t i = 0; i < mapping->count; i++)
		pairs[i] = &mapping->pairs[i];
	qsort(pairs, mapping->count, sizeof(*pairs), pair_compare);
	list->links = arena_new(reader->arena, (mapping->count + 1) * sizeof(*list->links));
	list->connectors = arena_new(reader->arena, (connectors_count(mapping) + 1) * sizeof(*list->connectors));
	for (size_t i = 0; i < mapping->count; i++)
		link_read(reader, lab, pairs[i], list);
}
