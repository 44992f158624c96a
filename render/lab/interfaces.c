#include "render/lab/interfaces.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/macs.h"
#include "render/lab/names.h"

enum { INTERFACE_PORT_MAX = 15 }; /* Linux' IFNAMSIZ without its NUL */

/* A connector and where it goes. */
struct attachment {
	const struct connector *connector;
	struct lab_interface *interface;
	size_t ordinal; /* among the connectors of this node on this link */
};

/* By node, link and position: the guest's NIC order. */
static int attachment_compare(const void *left, const void *right)
{
	const struct connector *a = ((const struct attachment *)left)->connector;
	const struct connector *b = ((const struct attachment *)right)->connector;
	int order = strcmp(a->node, b->node);

	if (order == 0)
		order = strcmp(a->interface.link->name, b->interface.link->name);
	return order ? order : (a->position > b->position) - (a->position < b->position);
}

/* The pod network's interface and the loopback are there already. */
static bool is_usable_port(const char *port)
{
	size_t length = strlen(port);

	if (length == 0 || length > INTERFACE_PORT_MAX)
		return false;
	for (const char *c = port; *c; c++)
		if (*c <= ' ' || *c > '~' || *c == '/' || *c == ':')
			return false;
	return !text_equal(port, ".") && !text_equal(port, "..") && !text_equal(port, "lo") &&
	       !text_equal(port, "eth0");
}

static void pod_port_check(struct reader *reader, const struct attachment *first, size_t at)
{
	const struct yaml_pair *port = first[at].connector->port;

	if (!is_usable_port(port->value->text)) {
		reader_refuse(reader, port->value,
			      "port %s is no usable interface name for a pod; use at most %d letters, digits, \"-\", "
			      "\"_\" or \".\", and neither eth0 nor lo",
			      reader_quote(reader, port->value->text), INTERFACE_PORT_MAX);
		return;
	}
	for (size_t i = 0; i < at; i++) {
		const struct yaml_pair *other = first[i].connector->port;

		if (other && text_equal(other->value->text, port->value->text)) {
			reader_refuse(reader, port->value,
				      "port \"%s\" of node \"%s\" is used twice, also at %s:%zu:%zu; change one",
				      port->value->text, first[at].connector->node, reader->path, other->value->line,
				      other->value->column);
			return;
		}
	}
	first[at].interface->port = port->value->text;
}

static void pod_interface_check(struct reader *reader, const struct attachment *first, size_t at)
{
	const struct connector *connector = first[at].connector;

	if (connector->port)
		pod_port_check(reader, first, at);
	if (connector->mac_text)
		reader_warn(reader, connector->mac_text->line, connector->mac_text->column,
			    "mac has no effect on a pod");
	if (connector->interface.route_count && (connector->addresses == NULL || !connector->addresses->value->count))
		reader_error(reader, connector->routes->line, connector->routes->column,
			     "routes of a pod need addrs; add them to this connector");
}

static void vm_interface_check(struct reader *reader, const struct connector *connector)
{
	if (connector->port)
		reader_warn(reader, connector->port->line, connector->port->column, "port has no effect on a vm");
}

/* Two NICs of one node may come to one name: link "a" twice, and a link "a-2". */
static void interface_name_check(struct reader *reader, const struct attachment *first, size_t at)
{
	const struct lab_interface *interface = first[at].interface;

	if (strlen(interface->name) > NAME_LENGTH_MAX)
		reader_error(reader, interface->line, interface->column,
			     "interface name \"%s\" is longer than %d characters; shorten the link's name",
			     interface->name, NAME_LENGTH_MAX);
	for (size_t i = 0; i < at; i++)
		if (text_equal(first[i].interface->name, interface->name)) {
			reader_error(reader, interface->line, interface->column,
				     "node \"%s\" has two interfaces named \"%s\", also at %s:%zu:%zu; rename a link",
				     first[at].connector->node, interface->name, reader->path,
				     first[i].interface->line, first[i].interface->column);
			return;
		}
}

/* Makes the interface of attachment `at` of a node whose attachments begin at `first`. */
static void interface_make(struct reader *reader, const struct node_draft *draft, struct attachment *first, size_t at)
{
	struct attachment *attachment = &first[at];
	const char *link = attachment->connector->interface.link->name;
	struct lab_interface *interface = attachment->interface;

	if (at > 0 && first[at - 1].connector->interface.link == attachment->connector->interface.link)
		attachment->ordinal = first[at - 1].ordinal + 1;
	*interface = attachment->connector->interface;
	interface->name = link;
	if (attachment->ordinal)
		interface->name = arena_format(reader->arena, "%s-%zu", link, attachment->ordinal + 1);
	if (interface->addresses == NULL)
		interface->addresses = arena_new(reader->arena, sizeof(*interface->addresses));
	if (interface->routes == NULL)
		interface->routes = arena_new(reader->arena, sizeof(*interface->routes));
	interface_name_check(reader, first, at);
	if (draft->typed && draft->type == NODE_POD)
		pod_interface_check(reader, first, at);
	else if (draft->typed)
		vm_interface_check(reader, attachment->connector);
}

static void node_attach(struct reader *reader, const struct node_draft *draft, struct attachment *first, size_t count,
			struct lab_node *node)
{
	if (count > NODE_INTERFACES_MAX) {
		reader_error(reader, first[NODE_INTERFACES_MAX].connector->interface.line,
			     first[NODE_INTERFACES_MAX].connector->interface.column,
			     "node \"%s\" has %zu interfaces; at most %d are taken", draft->name, count,
			     NODE_INTERFACES_MAX);
		count = NODE_INTERFACES_MAX;
	}
	node->interfaces = first->interface;
	node->interface_count = count;
	for (size_t i = 0; i < count; i++)
		interface_make(reader, draft, first, i);
}

static bool has_own_mac(const struct node_list *list, const struct connector *connector)
{
	return connector->mac_text && nodes_find(list, connector->node)->type == NODE_VM;
}

static const char *mac_text(struct arena *arena, const uint8_t mac[MAC_ADDRESS_SIZE])
{
	char text[MAC_ADDRESS_TEXT_SIZE];

	return arena_copy(arena, mac_write(mac, text), MAC_ADDRESS_TEXT_SIZE - 1);
}

static void macs_take_given(struct reader *reader, const struct node_list *list, struct attachment *attachments,
			    size_t count, struct mac_set *set)
{
	for (size_t i = 0; i < count; i++) {
		const struct connector *connector = attachments[i].connector;
		const struct yaml_node *place;
		const struct mac_owner *owner;

		if (!has_own_mac(list, connector))
			continue;
		place = connector->mac_text->value;
		attachments[i].interface->mac = mac_text(reader->arena, connector->mac);
		owner = mac_set_add(set, connector->mac, place->line, place->column);
		if (owner)
			reader_refuse(reader, place, "mac \"%s\" is used twice, also at %s:%zu:%zu; change one",
				      attachments[i].interface->mac, reader->path, owner->line, owner->column);
	}
}

static void macs_generate(struct reader *reader, const struct lab *lab, struct attachment *attachments, size_t count,
			  struct mac_set *set)
{
	for (size_t i = 0; i < count; i++) {
		struct lab_interface *interface = attachments[i].interface;
		cleanup(free) char *identity = NULL;
		uint8_t mac[MAC_ADDRESS_SIZE];

		if (interface->mac)
			continue;
		identity = string_format("%s/%s/%s/%s/%zu", lab->namespace_name, lab->name,
					 attachments[i].connector->node,
					 attachments[i].connector->interface.link->name, attachments[i].ordinal);
		mac_set_generate(set, identity, mac);
		interface->mac = mac_text(reader->arena, mac);
	}
}

static void macs_settle(struct reader *reader, const struct lab *lab, const struct node_list *list,
			struct attachment *attachments, size_t count)
{
	cleanup(mac_set) struct mac_set set = MAC_SET_INIT;

	mac_set_init(&set, count);
	macs_take_given(reader, list, attachments, count, &set);
	macs_generate(reader, lab, attachments, count, &set);
}

void interfaces_attach(struct reader *reader, struct lab *lab, const struct node_list *list,
		       const struct link_list *links)
{
	size_t count = 0;
	cleanup(free) struct attachment *attachments = memory_new_array(links->connector_count, sizeof(*attachments));
	struct lab_interface *interfaces =
		arena_new(reader->arena, (links->connector_count + 1) * sizeof(*interfaces));

	for (size_t i = 0; i < links->connector_count; i++)
		if (links->connectors[i].node)
			attachments[count++] = (struct attachment){ .connector = &links->connectors[i] };
	qsort(attachments, count, sizeof(*attachments), attachment_compare);
	for (size_t i = 0; i < count; i++)
		attachments[i].interface = &interfaces[i];
	for (size_t node = 0, at = 0; node < list->count; node++) {
		size_t end = at;

		while (end < count && text_equal(attachments[end].connector->node, list->drafts[node].name))
			end++;
		lab->nodes[node].interfaces = &interfaces[at];
		if (end > at)
			node_attach(reader, &list->drafts[node], &attachments[at], end - at, &lab->nodes[node]);
		at = end;
	}
	macs_settle(reader, lab, list, attachments, count);
}
