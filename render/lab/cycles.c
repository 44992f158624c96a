#include "render/lab/cycles.h"

#include <stdint.h>
#include <string.h>

#include "base/buffer.h"

enum { HOPS_SHOWN = 12 };

#define NONE SIZE_MAX

/* Who depends on whom: the edges of lab i are first[i] to first[i + 1]. */
struct graph {
	const struct dependent *labs;
	size_t count;
	size_t *first, *targets;
	const struct lab_reference **references; /* one for each edge */
	size_t *component; /* labs of the same one reach each other; NONE: not known yet */
};

static void graph_deinit(struct graph *graph)
{
	free(graph->first);
	free(graph->targets);
	free(graph->references);
	free(graph->component);
}

static inline void graph_cleanup(struct graph *graph)
{
	graph_deinit(graph);
}

static int place_of_name(const struct lab *lab, const struct lab_reference *reference)
{
	int order = strcmp(lab->namespace_name, reference->namespace_name);

	return order ? order : strcmp(lab->name, reference->name);
}

/* NONE for a lab that is not there. */
static size_t lab_index(const struct graph *graph, const struct lab_reference *reference)
{
	size_t low = 0, high = graph->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (place_of_name(graph->labs[middle].lab, reference) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < graph->count && place_of_name(graph->labs[low].lab, reference) == 0 ? low : NONE;
}

static void graph_build(struct graph *graph)
{
	size_t edges = 0;

	for (size_t i = 0; i < graph->count; i++)
		edges += graph->labs[i].lab->dependency_count;
	graph->first = memory_new_array(graph->count + 1, sizeof(*graph->first));
	graph->targets = memory_new_array(edges + 1, sizeof(*graph->targets));
	graph->references = memory_new_array(edges + 1, sizeof(*graph->references));
	graph->component = memory_new_array(graph->count + 1, sizeof(*graph->component));
	edges = 0;
	for (size_t i = 0; i < graph->count; i++) {
		const struct lab *lab = graph->labs[i].lab;

		graph->first[i] = edges;
		graph->component[i] = NONE;
		for (size_t j = 0; j < lab->dependency_count; j++) {
			size_t target = lab_index(graph, &lab->dependencies[j]);

			if (target == NONE)
				continue;
			graph->targets[edges] = target;
			graph->references[edges++] = &lab->dependencies[j];
		}
	}
	graph->first[graph->count] = edges;
}

/* Tarjan's algorithm, with a stack of its own: a chain of labs may be long. */
struct search {
	struct graph *graph;
	size_t *order, *low, *next; /* when a lab was seen (0: not yet), what it reaches, its next edge */
	size_t *path, *open; /* stacks: the labs between the first one and here, and those without a component */
	size_t path_count, open_count, seen, components;
};

static void search_enter(struct search *search, size_t lab)
{
	search->order[lab] = search->low[lab] = ++search->seen;
	search->next[lab] = search->graph->first[lab];
	search->path[search->path_count++] = lab;
	search->open[search->open_count++] = lab;
}

static void search_leave(struct search *search, size_t lab)
{
	size_t member;

	search->path_count--;
	if (search->path_count) {
		size_t before = search->path[search->path_count - 1];

		if (search->low[lab] < search->low[before])
			search->low[before] = search->low[lab];
	}
	if (search->low[lab] != search->order[lab])
		return;
	do {
		member = search->open[--search->open_count];
		search->graph->component[member] = search->components;
	} while (member != lab);
	search->components++;
}

static void search_from(struct search *search, size_t start)
{
	const struct graph *graph = search->graph;

	search_enter(search, start);
	while (search->path_count) {
		size_t lab = search->path[search->path_count - 1], target;

		if (search->next[lab] == graph->first[lab + 1]) {
			search_leave(search, lab);
			continue;
		}
		target = graph->targets[search->next[lab]++];
		if (search->order[target] == 0)
			search_enter(search, target);
		else if (graph->component[target] == NONE && search->order[target] < search->low[lab])
			search->low[lab] = search->order[target];
	}
}

static void components_find(struct graph *graph)
{
	size_t *room = memory_new_array((graph->count + 1) * 5, sizeof(*room));
	struct search search = { .graph = graph,
				 .order = room,
				 .low = room + graph->count,
				 .next = room + graph->count * 2,
				 .path = room + graph->count * 3,
				 .open = room + graph->count * 4 };

	for (size_t i = 0; i < graph->count; i++)
		if (search.order[i] == 0)
			search_from(&search, i);
	free(room);
}

/* The shortest way from a lab back to itself: for each lab on it, the edge by which it was reached. */
static size_t way_back(const struct graph *graph, size_t start, size_t *reached_by, size_t *reached_from,
		       size_t *queue)
{
	size_t head = 0, tail = 0;

	for (size_t i = 0; i < graph->count; i++)
		reached_by[i] = NONE;
	queue[tail++] = start;
	while (head < tail) {
		size_t lab = queue[head++];

		for (size_t edge = graph->first[lab]; edge < graph->first[lab + 1]; edge++) {
			size_t target = graph->targets[edge];

			if (graph->component[target] != graph->component[start] || reached_by[target] != NONE)
				continue;
			reached_by[target] = edge;
			reached_from[target] = lab;
			if (target == start)
				return edge;
			queue[tail++] = target;
		}
	}
	return NONE;
}

/* `"b" (b.yaml:5:3), "c" (c.yaml:5:3)`: the labs that the way leads over, each with where it asks for the next. */
static void way_write(const struct graph *graph, size_t start, const size_t *reached_by, const size_t *reached_from,
		      size_t *way, struct buffer *out)
{
	size_t count = 0;

	for (size_t lab = start; count == 0 || lab != start; lab = reached_from[lab])
		way[count++] = reached_by[lab];
	/* way[count - 1] is the start's own edge, which is where this is told. */
	for (size_t i = count - 1; i-- > 0;) {
		const struct lab_reference *reference = graph->references[way[i]];
		const struct lab_reference *to_it = graph->references[way[i + 1]];

		if (count - 2 - i == HOPS_SHOWN) {
			buffer_format(out, " and %zu more", i + 1);
			return;
		}
		buffer_format(out, "%s\"%s\" (%s:%zu:%zu)", i + 2 < count ? ", " : "", to_it->name,
			      reference->place.path, reference->place.line, reference->place.column);
	}
}

static void cycle_tell(const struct graph *graph, size_t lab, size_t *room, struct diagnostics *diagnostics)
{
	size_t *reached_by = room, *reached_from = room + graph->count, *queue = room + graph->count * 2;
	size_t first = lab;
	const struct lab_reference *own;
	cleanup(buffer) struct buffer way = BUFFER_INIT;

	way_back(graph, lab, reached_by, reached_from, queue);
	while (reached_from[first] != lab)
		first = reached_from[first];
	own = graph->references[reached_by[first]];
	way_write(graph, lab, reached_by, reached_from, queue, &way);
	diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, own->place.path, own->place.line, own->place.column,
			"lab \"%s\" depends on itself, over %s; remove one of these dependencies",
			graph->labs[lab].lab->name, buffer_text(&way));
}

void cycles_refuse(struct dependent *dependents, size_t count, struct diagnostics *diagnostics)
{
	cleanup(graph) struct graph graph = { .labs = dependents, .count = count };
	cleanup(free) size_t *sizes = memory_new_array(count + 1, sizeof(*sizes));
	cleanup(free) size_t *room = memory_new_array((count + 1) * 3, sizeof(*room));

	graph_build(&graph);
	components_find(&graph);
	for (size_t i = 0; i < count; i++)
		sizes[graph.component[i]]++;
	for (size_t i = 0; i < count; i++) {
		if (sizes[graph.component[i]] < 2)
			continue;
		dependents[i].lab->valid = false;
		/* Finding the way takes time, and more than are kept are of no use. */
		if (diagnostics->count < DIAGNOSTICS_MAX)
			cycle_tell(&graph, i, room, diagnostics);
		else
			diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, dependents[i].lab->path, 0, 0,
					"a cycle of labs");
	}
}
