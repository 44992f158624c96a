#include "render/lab/interfaces.h"

#include <string.h>
#include <sys/socket.h>

#include "base/text.h"
#include "render/lab/interface_checks.h"
#include "render/lab/join_ends.h"
#include "render/lab/link_checks.h"
#include "render/lab/macs.h"
#include "render/lab/names.h"
#include "render/lab/object_names.h"
#include "render/lab/tell_once.h"
#include "render/lab/vm_interfaces.h"

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
	if (interface->nameservers == NULL)
		interface->nameservers = arena_new(reader->arena, sizeof(*interface->nameservers));
	interface->position = attachment->connector->position;
	interface_name_check(reader, first, at);
	if (draft->typed)
		attachment_check(reader, draft->type, first, at);
}

/* A node sends what it has no route for to one place of each family. */
static void defaults_check(struct reader *reader, const struct attachment *first, size_t count)
{
	const struct connector_hop *taken[2] = { NULL };

	for (size_t i = 0; i < count; i++) {
		const struct connector *connector = first[i].connector;

		for (size_t j = 0; j < connector->hop_count; j++) {
			const struct connector_hop *hop = &connector->hops[j];
			const struct connector_hop **other = &taken[hop->address.family == AF_INET ? 0 : 1];

			if (hop->is_default && *other)
				reader_warn(reader, hop->place->line, hop->place->column,
					    "node \"%s\" has an %s default route at %s:%zu:%zu already; only one of "
					    "them will be used, keep that",
					    connector->node, ip_family_name(hop->address.family), reader->path,
					    (*other)->place->line, (*other)->place->column);
			else if (hop->is_default)
				*other = hop;
		}
	}
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
	if (draft->typed && draft->type != NODE_SRL && draft->type != NODE_MACHINE)
		defaults_check(reader, first, count);
}

/* NICs are called by one name in KubeVirt, those of links and the others. */
static void nic_names_check(struct reader *reader, const struct lab_node *node)
{
	const struct value_list *nics = node->vm ? node->vm->interfaces : NULL;

	for (size_t i = 0; nics && i < nics->count; i++) {
		const struct lab_nic *nic = nics->items[i];

		for (size_t k = 0; k < node->interface_count; k++)
			if (text_equal(nic->name, node->interfaces[k].name))
				reader_error_once(reader, nic_place(nic, offsetof(struct lab_nic, name)),
						  "interface \"%s\" is called as the node's NIC on link \"%s\" at "
						  "%s:%zu:%zu; rename it",
						  nic->name, node->interfaces[k].link->name, reader->path,
						  node->interfaces[k].line, node->interfaces[k].column);
	}
}

static const char *mac_text(struct arena *arena, const uint8_t mac[MAC_ADDRESS_SIZE])
{
	char text[MAC_ADDRESS_TEXT_SIZE];

	return arena_copy(arena, mac_write(mac, text), MAC_ADDRESS_TEXT_SIZE - 1);
}

/* The one that is written later is told of. */
static void mac_refuse(struct reader *reader, const char *mac, const struct yaml_node *place,
		       const struct mac_owner *owner)
{
	bool is_later = place->line != owner->line ? place->line > owner->line : place->column > owner->column;
	struct place here = { reader->path, place->line, place->column };
	struct place there = { reader->path, owner->line, owner->column };

	reader_error_at(reader, is_later ? &here : &there, "mac \"%s\" is used twice, also at %s:%zu:%zu; change one",
			mac, reader->path, is_later ? there.line : here.line, is_later ? there.column : here.column);
}

static void macs_take_given(struct reader *reader, const struct node_list *list, struct attachment *attachments,
			    size_t count, struct mac_set *set)
{
	for (size_t i = 0; i < count; i++) {
		const struct connector *connector = attachments[i].connector;
		const struct yaml_node *place;
		const struct mac_owner *owner;

		if (!attachment_has_own_mac(nodes_find(list, connector->node)->type, connector))
			continue;
		place = connector->mac_text->value;
		attachments[i].interface->mac = mac_text(reader->arena, connector->mac);
		owner = mac_set_add(set, connector->mac, place->line, place->column);
		if (owner)
			mac_refuse(reader, attachments[i].interface->mac, place, owner);
	}
}

/* Those of `interfaces`. Replicas have theirs from one place, as all that is of a node. */
static void nic_macs_take(struct reader *reader, const struct lab_node *node, struct mac_set *set)
{
	const struct value_list *nics = node->vm ? node->vm->interfaces : NULL;

	for (size_t i = 0; nics && i < nics->count; i++) {
		const struct lab_nic *nic = nics->items[i];
		const struct place *place = nic_place(nic, offsetof(struct lab_nic, mac));
		const struct mac_owner *owner;
		uint8_t mac[MAC_ADDRESS_SIZE];

		if (nic->mac == NULL || !mac_parse(nic->mac, mac))
			continue;
		owner = mac_set_add(set, mac, place->line, place->column);
		if (owner && owner->line == place->line && owner->column == place->column)
			reader_error_once(reader, place,
					  "mac \"%s\" is that of several nodes; give it to one of them", nic->mac);
		else if (owner)
			reader_error_once(reader, place, "mac \"%s\" is used twice, also at %s:%zu:%zu; change one",
					  nic->mac, reader->path, owner->line, owner->column);
	}
}

static void macs_generate(struct reader *reader, const struct lab *lab, struct attachment *attachments, size_t count,
			  struct mac_set *set)
{
	for (size_t i = 0; i < count; i++) {
		struct lab_interface *interface = attachments[i].interface;
		cleanup(free) char *node = NULL, *identity = NULL;
		uint8_t mac[MAC_ADDRESS_SIZE];

		if (interface->mac)
			continue;
		node = name_node_identity_new(lab, attachments[i].connector->node);
		identity = string_format("%s/%s/%zu", node, attachments[i].connector->interface.link->name,
					 attachments[i].ordinal);
		mac_set_generate(set, identity, mac);
		interface->mac = mac_text(reader->arena, mac);
	}
}

static size_t nics_count(const struct lab *lab)
{
	size_t count = 0;

	for (size_t i = 0; i < lab->node_count; i++)
		if (lab->nodes[i].vm && lab->nodes[i].vm->interfaces)
			count += lab->nodes[i].vm->interfaces->count;
	return count;
}

static void macs_settle(struct reader *reader, const struct lab *lab, const struct node_list *list,
			struct attachment *attachments, size_t count)
{
	cleanup(mac_set) struct mac_set set = MAC_SET_INIT;

	mac_set_init(&set, count + nics_count(lab));
	macs_take_given(reader, list, attachments, count, &set);
	for (size_t i = 0; i < lab->node_count; i++)
		nic_macs_take(reader, &lab->nodes[i], &set);
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
	for (size_t node = 0; node < lab->node_count; node++)
		nic_names_check(reader, &lab->nodes[node]);
	macs_settle(reader, lab, list, attachments, count);
	links_check(reader, links);
	join_ends_note(reader, list, links);
	link_vlans_note(reader->arena, lab);
}
