#include "render/topology/topology.h"

#include <stdlib.h>

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
		out->nodes[i] = (struct topology_node){ lab->nodes[i].name, lab->nodes[i].type };
	for (size_t i = 0; i < lab->link_count; i++)
		out->links[i].name = lab->links[i].name;
	ends_build(arena, lab, out);
}

void topology_build(struct topology *topology, const struct lab_set *set)
{
	*topology = (struct topology)TOPOLOGY_INIT;
	topology->labs = arena_new(&topology->arena, set->count * sizeof(*topology->labs));
	for (size_t i = 0; i < set->count; i++)
		if (set->labs[i]->valid)
			lab_build(&topology->arena, set->labs[i], &topology->labs[topology->count++]);
}

void topology_deinit(struct topology *topology)
{
	arena_deinit(&topology->arena);
	*topology = (struct topology)TOPOLOGY_INIT;
}

bool topology_link_is_segment(const struct topology_link *link)
{
	return link->end_count != 2 || link->ends[0].node == link->ends[1].node;
}
