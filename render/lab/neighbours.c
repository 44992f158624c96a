#include "render/lab/neighbours.h"

#include "base/text.h"
#include "render/lab/tell_once.h"

static const struct lab_placement *placement_of(const struct lab_node *node)
{
	if (node->vm)
		return node->vm->placement;
	if (node->pod)
		return node->pod->placement;
	return node->srl ? node->srl->placement : NULL;
}

static bool is_node(const struct lab_node *nodes, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (text_equal(nodes[i].name, name))
			return true;
	return false;
}

static void list_check(struct reader *reader, const struct value_list *names, const struct lab_node *nodes,
		       size_t count, const char *const *known)
{
	for (size_t i = 0; i < names->count; i++) {
		const char *name = list_text(names, i), *nearest;

		if (is_node(nodes, count, name))
			continue;
		nearest = text_nearest(name, known);
		if (nearest)
			reader_error_once(reader, &names->places[i],
					  "antiAffinity names %s, which is no node of this lab; did you mean \"%s\"?",
					  reader_quote(reader, name), nearest);
		else
			reader_error_once(
				reader, &names->places[i],
				"antiAffinity names %s, which is no node of this lab; name one, or remove it",
				reader_quote(reader, name));
	}
}

void neighbours_check(struct reader *reader, const struct lab_node *nodes, size_t count)
{
	const char **known = arena_new(reader->arena, (count + 1) * sizeof(*known));

	for (size_t i = 0; i < count; i++)
		known[i] = nodes[i].name;
	for (size_t i = 0; i < count; i++) {
		const struct lab_placement *placement = placement_of(&nodes[i]);

		if (placement && placement->anti_affinity)
			list_check(reader, placement->anti_affinity, nodes, count, known);
	}
}
