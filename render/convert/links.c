#include "render/convert/links.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/address.h"
#include "render/lab/connectors.h"
#include "render/lab/links.h"
#include "render/lab/values.h"

/* Nodes that containerlab has without their being listed. */
static const char *const outside[] = { "host", "mgmt-net", "macvlan", "vxlan", "vxlan-stitch", "dummy", NULL };

static const char *const link_keys[] = { "endpoints", "type", "mtu", "vars", "labels", "ipv4", "ipv6", NULL };
static const char *const end_keys[] = { "node", "interface", "mac", "ipv4", "ipv6", "vars", NULL };
static const char *const lost_keys[] = { "vars", "labels", NULL };

static bool is_among(const char *text, const char *const *list)
{
	while (*list && !text_equal(*list, text))
		list++;
	return *list != NULL;
}

static void keys_review(struct reader *reader, const struct yaml_node *mapping, const char *what,
			const char *const *known)
{
	for (size_t i = 0; i < mapping->count; i++) {
		const struct yaml_pair *pair = &mapping->pairs[i];

		if (!is_among(pair->key, known))
			loss_warn_unknown(reader, pair, what, known);
		else if (is_among(pair->key, lost_keys) && pair->value->kind != YAML_NULL)
			loss_warn(reader, pair->line, pair->column,
				  "\"%s\" of %s is left out: a lab has nothing like it", pair->key, what);
	}
}

static void address_take(struct reader *reader, const struct yaml_node *value, struct wiring_end *end)
{
	struct ip_prefix prefix;

	if (value->kind == YAML_NULL || (value->kind == YAML_STRING && *value->text == '\0'))
		return;
	if (value->kind != YAML_STRING || !ip_prefix_parse(value->text, &prefix) ||
	    !ip_address_is_unicast(&prefix.address) || end->addresses.count == INTERFACE_ADDRESSES_MAX)
		loss_warn(reader, value->line, value->column,
			  "this address is left out: write it like 192.168.10.100/24");
	else
		texts_add(reader->arena, &end->addresses, value->text);
}

static void mtu_take(struct reader *reader, const struct yaml_node *mapping, struct wiring_link *link)
{
	const struct yaml_pair *pair = yaml_get_pair(mapping, "mtu");

	if (pair == NULL || pair->value->kind == YAML_NULL)
		return;
	if (pair->value->kind == YAML_INTEGER && pair->value->integer >= LINK_MTU_MIN &&
	    pair->value->integer <= LINK_MTU_MAX)
		link->mtu = pair;
	else
		loss_warn(reader, pair->line, pair->column, "mtu is left out: it must be from %d to %d", LINK_MTU_MIN,
			  LINK_MTU_MAX);
}

/* ipv4 and ipv6 of a link: a list with an address for each end. */
static void addresses_share(struct reader *reader, const struct yaml_node *mapping, const char *key,
			    struct wiring_link *link)
{
	const struct yaml_node *list = yaml_get(mapping, key);

	if (list == NULL || list->kind == YAML_NULL)
		return;
	if (list->kind != YAML_SEQUENCE || list->count > LINK_ENDS) {
		loss_warn(reader, list->line, list->column, "%s is left out: it must list an address for each end",
			  key);
		return;
	}
	for (size_t i = 0; i < list->count; i++)
		address_take(reader, list->items[i], &link->ends[i]);
}

/* Finds the end's node. False when the link has no place in the lab, which is said. */
static bool end_settle(struct reader *reader, const struct wiring *wiring, const char *node, struct wiring_end *end)
{
	end->node = wiring_find(wiring, node);
	if (end->node) {
		if (!end->node->kept)
			loss_warn(reader, end->line, end->column, "this link is left out, as node %s is",
				  reader_quote(reader, node));
		return end->node->kept;
	}
	if (is_among(node, outside))
		loss_warn(reader, end->line, end->column,
			  "this link is left out: it leads to %s, which is outside of the lab",
			  reader_quote(reader, node));
	else
		reader_error(reader, end->line, end->column, "the link leads to node %s, which is not in nodes",
			     reader_quote(reader, node));
	return false;
}

/* "node:interface" */
static bool brief_end_read(struct reader *reader, const struct yaml_node *value, const struct wiring *wiring,
			   struct wiring_end *end)
{
	const char *colon = strchr(value->text, ':');

	if (colon == NULL || colon == value->text || colon[1] == '\0') {
		reader_refuse(reader, value, "endpoint %s is not of the form node:interface",
			      reader_quote(reader, value->text));
		return false;
	}
	end->interface = colon + 1;
	return end_settle(reader, wiring, arena_copy(reader->arena, value->text, (size_t)(colon - value->text)), end);
}

static void mac_take(struct reader *reader, const struct yaml_node *value, struct wiring_end *end)
{
	uint8_t mac[MAC_ADDRESS_SIZE];

	if (value == NULL || value->kind == YAML_NULL)
		return;
	if (value->kind == YAML_STRING && mac_parse(value->text, mac))
		end->mac = value->text;
	else
		loss_warn(reader, value->line, value->column,
			  "this mac is left out: write it like 02:00:00:00:00:01");
}

static bool extended_end_read(struct reader *reader, const struct yaml_node *value, const struct wiring *wiring,
			      struct wiring_end *end)
{
	const struct yaml_node *node = yaml_get(value, "node"), *interface = yaml_get(value, "interface");
	static const char *const families[] = { "ipv4", "ipv6" };

	keys_review(reader, value, "an endpoint", end_keys);
	if (node == NULL || node->kind != YAML_STRING || interface == NULL || interface->kind != YAML_STRING) {
		reader_refuse(reader, value, "an endpoint needs node and interface");
		return false;
	}
	end->interface = interface->text;
	mac_take(reader, yaml_get(value, "mac"), end);
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		const struct yaml_node *address = yaml_get(value, families[i]);

		if (address)
			address_take(reader, address, end);
	}
	return end_settle(reader, wiring, node->text, end);
}

static bool end_read(struct reader *reader, const struct yaml_node *value, const struct wiring *wiring,
		     struct wiring_link *link, struct wiring_end *end)
{
	*end = (struct wiring_end){ .link = link, .line = value->line, .column = value->column };
	if (value->kind == YAML_STRING)
		return brief_end_read(reader, value, wiring, end);
	if (value->kind == YAML_MAPPING)
		return extended_end_read(reader, value, wiring, end);
	reader_refuse(reader, value, "an endpoint must be a string like node:eth1, or a mapping");
	return false;
}

/* False for the types with one end in the lab. */
static bool is_between_nodes(struct reader *reader, const struct yaml_node *value)
{
	const struct yaml_node *type = yaml_get(value, "type");

	if (type == NULL || type->kind == YAML_NULL || (type->kind == YAML_STRING && text_equal(type->text, "veth")))
		return true;
	if (type->kind == YAML_STRING && is_among(type->text, outside))
		loss_warn(reader, value->line, value->column,
			  "this link of type %s is left out: it leads out of the lab", type->text);
	else
		reader_refuse(reader, type, "this type of link is not known; use veth");
	return false;
}

static void link_read(struct reader *reader, const struct yaml_node *value, const struct wiring *wiring,
		      struct wiring_link *link)
{
	const struct yaml_node *endpoints = yaml_get(value, "endpoints");

	*link = (struct wiring_link){ .line = value->line, .column = value->column };
	if (value->kind != YAML_MAPPING) {
		reader_refuse(reader, value, "a link must be a mapping with endpoints, not %s",
			      yaml_kind_name(value->kind));
		return;
	}
	link->kept = is_between_nodes(reader, value);
	if (!link->kept)
		return;
	keys_review(reader, value, "a link", link_keys);
	if (endpoints == NULL || endpoints->kind != YAML_SEQUENCE || endpoints->count != LINK_ENDS) {
		link->kept = false;
		reader_refuse(reader, value, "a link needs endpoints: a list of %d", LINK_ENDS);
		return;
	}
	for (size_t i = 0; i < LINK_ENDS; i++)
		if (!end_read(reader, endpoints->items[i], wiring, link, &link->ends[i]))
			link->kept = false;
	mtu_take(reader, value, link);
	addresses_share(reader, value, "ipv4", link);
	addresses_share(reader, value, "ipv6", link);
}

/* A node's ends stand in the order of the file: they are hung in front from the last to the first. */
static void ends_hang(struct wiring *wiring)
{
	for (size_t i = wiring->link_count; i-- > 0;)
		for (size_t j = LINK_ENDS; j-- > 0 && wiring->links[i].kept;) {
			struct wiring_end *end = &wiring->links[i].ends[j];

			end->next = end->node->ends;
			end->node->ends = end;
		}
}

void links_collect(struct reader *reader, const struct yaml_node *links, struct wiring *wiring)
{
	if (links == NULL || links->kind == YAML_NULL)
		return;
	if (links->kind != YAML_SEQUENCE) {
		reader_refuse(reader, links, "links must be a list, not %s", yaml_kind_name(links->kind));
		return;
	}
	if (links->count > LAB_LINKS_MAX) {
		reader_refuse(reader, links, "the topology has %zu links; at most %d are taken", links->count,
			      LAB_LINKS_MAX);
		return;
	}
	wiring->links = arena_new(reader->arena, (links->count + 1) * sizeof(*wiring->links));
	for (size_t i = 0; i < links->count; i++)
		link_read(reader, links->items[i], wiring, &wiring->links[wiring->link_count++]);
	ends_hang(wiring);
}
