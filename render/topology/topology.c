#include "render/topology/topology.h"

#include <inttypes.h>
#include <stdlib.h>

#include "render/lab/machine_images.h"

static int position_compare(const struct lab_interface *a, const struct lab_interface *b)
{
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return (a->column > b->column) - (a->column < b->column);
}

/* Puts an interface among the ends of its link, where it was written. Ends
 * with the same place, as an alias makes them, stay in the order of the nodes. */
static void end_insert(struct topology_link *link, const struct lab_interface **sources, size_t node,
		       const struct lab_interface *interface)
{
	size_t at = link->end_count++;

	for (; at > 0 && position_compare(sources[at - 1], interface) > 0; at--) {
		sources[at] = sources[at - 1];
		link->ends[at] = link->ends[at - 1];
	}
	sources[at] = interface;
	link->ends[at] = (struct topology_end){
		.node = node,
		.interface = interface->port ? interface->port : interface->name,
		.mac = interface->mac,
		.addresses = interface->addresses,
		.address_count = interface->address_count,
		.gateway = { interface->gateway[0], interface->gateway[1] },
		.vlan = interface->vlan,
	};
}

static void ends_build(struct arena *arena, const struct lab *lab, struct topology_lab *out)
{
	cleanup(free) size_t *counts = memory_new_array(lab->link_count + 1, sizeof(*counts));
	cleanup(free) const struct lab_interface ***sources =
		memory_new_array(lab->link_count + 1, sizeof(const struct lab_interface **));

	for (size_t i = 0; i < lab->node_count; i++)
		for (size_t j = 0; j < lab->nodes[i].interface_count; j++)
			counts[lab->nodes[i].interfaces[j].link - lab->links]++;
	for (size_t i = 0; i < lab->link_count; i++) {
		out->links[i].ends = arena_new(arena, counts[i] * sizeof(struct topology_end));
		sources[i] = arena_new(arena, counts[i] * sizeof(*sources[i]));
	}
	for (size_t i = 0; i < lab->node_count; i++) {
		for (size_t j = 0; j < lab->nodes[i].interface_count; j++) {
			const struct lab_interface *interface = &lab->nodes[i].interfaces[j];
			size_t link = (size_t)(interface->link - lab->links);

			end_insert(&out->links[link], sources[link], i, interface);
		}
	}
}

static const char *node_image(const struct lab_node *node)
{
	struct machine_image found;

	switch (node->type) {
	case NODE_VM:
		return node->vm->image;
	case NODE_POD:
		return node->pod->image;
	case NODE_SRL:
		return node->srl->image;
	case NODE_MACHINE:
		return machine_image_find(node->machine, 0, &found) ? found.image : NULL;
	}
	return NULL;
}

static const char *link_detail(struct arena *arena, const struct lab_link *link)
{
	if (link->join)
		return arena_format(arena, "joined to %s/%s", link->join->lab, link->join->link);
	switch (link->driver) {
	case LINK_OVS:
		return link->bridge;
	case LINK_K8SLAN:
		return arena_format(arena, "VNI %" PRId64, link->vni);
	case LINK_EXISTING:
		return link->network;
	case LINK_BRIDGE:
	case LINK_OVN:
	case LINK_JOINED:
		break;
	}
	return NULL;
}

static void lab_build(struct arena *arena, const struct lab *lab, struct topology_lab *out)
{
	*out = (struct topology_lab){
		.namespace_name = lab->namespace_name,
		.name = lab->name,
		.nodes = arena_new(arena, lab->node_count * sizeof(*out->nodes)),
		.node_count = lab->node_count,
		.links = arena_new(arena, lab->link_count * sizeof(*out->links)),
		.link_count = lab->link_count,
	};
	for (size_t i = 0; i < lab->node_count; i++)
		out->nodes[i] = (struct topology_node){
			.name = lab->nodes[i].name,
			.type = lab->nodes[i].type,
			.image = node_image(&lab->nodes[i]),
		};
	for (size_t i = 0; i < lab->link_count; i++)
		out->links[i] = (struct topology_link){
			.name = lab->links[i].name,
			.driver = lab->links[i].driver,
			.mtu = lab->links[i].mtu,
			.detail = link_detail(arena, &lab->links[i]),
			.joined = lab->links[i].join != NULL,
		};
	ends_build(arena, lab, out);
}

void topology_build(struct topology *topology, const struct lab_set *set)
{
	*topology = (struct topology)TOPOLOGY_INIT;
	topology->complete = set->complete;
	topology->labs = arena_new(&topology->arena, set->count * sizeof(*topology->labs));
	topology->unknown = arena_new(&topology->arena, set->count * sizeof(*topology->unknown));
	for (size_t i = 0; i < set->count; i++) {
		const struct lab *lab = set->labs[i];

		if (lab->valid)
			lab_build(&topology->arena, lab, &topology->labs[topology->count++]);
		else
			topology->unknown[topology->unknown_count++] =
				(struct topology_unknown){ lab->namespace_name, lab->name };
	}
}

void topology_deinit(struct topology *topology)
{
	arena_deinit(&topology->arena);
	*topology = (struct topology)TOPOLOGY_INIT;
}

bool topology_link_is_segment(const struct topology_link *link)
{
	return link->joined || link->end_count != 2 || link->ends[0].node == link->ends[1].node;
}

const char *topology_change_name(enum topology_change change)
{
	static const char *const names[] = {
		[TOPOLOGY_SAME] = "same",
		[TOPOLOGY_ADDED] = "added",
		[TOPOLOGY_REMOVED] = "removed",
		[TOPOLOGY_CHANGED] = "changed",
	};

	return names[change];
}

const char *topology_change_mark(enum topology_change change)
{
	static const char *const marks[] = {
		[TOPOLOGY_SAME] = "",
		[TOPOLOGY_ADDED] = "+ ",
		[TOPOLOGY_REMOVED] = "- ",
		[TOPOLOGY_CHANGED] = "~ ",
	};

	return marks[change];
}

const char *topology_node_type_name(enum node_type type)
{
	static const char *const names[] = {
		[NODE_VM] = "vm", [NODE_POD] = "pod", [NODE_SRL] = "srl", [NODE_MACHINE] = "virtualMachine"
	};

	return names[type];
}

const char *topology_driver_name(enum link_driver driver)
{
	static const char *const names[] = {
		[LINK_BRIDGE] = "bridge", [LINK_OVN] = "ovn",           [LINK_OVS] = "ovs",
		[LINK_K8SLAN] = "k8slan", [LINK_EXISTING] = "existing", [LINK_JOINED] = "join",
	};

	return names[driver];
}
