#include "render/topology/layout.h"

#include <math.h>
#include <string.h>

#include "render/topology/labels.h"
#include "render/topology/stress.h"

enum { GAP = 26, FRAME_PADDING = 24, FRAME_GAP = 24, BOX_HEIGHT = 42, BOX_WIDTH_MIN = 70, SEGMENT_SIZE = 14 };
enum { NAME_CHARACTER = 9, FACT_CHARACTER = 6 /* how wide letters are */ };
enum { FACT_LENGTH_MAX = 48, FACT_MARK = 2 /* "+ " */ };
enum { BEND = 80 /* how far parallel lines are apart */ };

void drawing_deinit(struct drawing *drawing)
{
	arena_deinit(&drawing->arena);
}

static double characters_width(const char *text, double each)
{
	double width = 24;

	for (; *text; text++)
		width += ((unsigned char)*text & 0xc0) != 0x80 ? each : 0;
	return width;
}

static double box_width(const char *name)
{
	return fmax(characters_width(name, NAME_CHARACTER), BOX_WIDTH_MIN);
}

/* Of a long name the end tells most: "+ ...mirror/fedora:40". */
static const char *fact_cut(struct arena *arena, const char *text)
{
	size_t length = strlen(text), mark = FACT_MARK;

	if (length <= FACT_LENGTH_MAX)
		return text;
	return arena_format(arena, "%.*s...%s", (int)mark, text, text + length - (FACT_LENGTH_MAX - mark - 3));
}

static struct drawing_box node_box(struct arena *arena, const struct topology_node *node)
{
	static const enum drawing_box_kind kinds[] = {
		[NODE_VM] = DRAWING_VM,
		[NODE_POD] = DRAWING_POD,
		[NODE_SRL] = DRAWING_SRL,
		[NODE_MACHINE] = DRAWING_VM,
	};
	struct drawing_box box = {
		.kind = kinds[node->type],
		.name = arena_format(arena, "%s%s", topology_change_mark(node->change), node->name),
		.image = node->image,
		.facts = facts_of_node(arena, node),
		.change = node->change,
	};

	box.area.width = box_width(box.name);
	box.area.height = BOX_HEIGHT + (double)(box.facts.count - 1) * DRAWING_FACT_HEIGHT;
	for (size_t i = 0; i < box.facts.count; i++) {
		box.facts.items[i].text = fact_cut(arena, box.facts.items[i].text);
		box.area.width = fmax(box.area.width, characters_width(box.facts.items[i].text, FACT_CHARACTER));
	}
	return box;
}

static void boxes_add(struct drawing *drawing, const struct topology_lab *lab)
{
	for (size_t i = 0; i < lab->node_count; i++)
		drawing->boxes[drawing->box_count++] = node_box(&drawing->arena, &lab->nodes[i]);
	for (size_t i = 0; i < lab->link_count; i++)
		if (topology_link_is_segment(&lab->links[i]))
			drawing->boxes[drawing->box_count++] = (struct drawing_box){
				.area = { .width = SEGMENT_SIZE, .height = SEGMENT_SIZE },
				.kind = DRAWING_SEGMENT,
				.name = lab->links[i].name,
				.link = &lab->links[i],
				.change = lab->links[i].change,
			};
}

static void lines_add(struct drawing *drawing, const struct drawing_frame *frame, const struct topology_lab *lab)
{
	size_t segment = frame->box_first + lab->node_count;

	for (size_t i = 0; i < lab->link_count; i++) {
		const struct topology_link *link = &lab->links[i];

		if (topology_link_is_segment(link)) {
			for (size_t j = 0; j < link->end_count; j++)
				drawing->lines[drawing->line_count++] = (struct drawing_line){
					.from = frame->box_first + link->ends[j].node,
					.to = segment,
					.link = link,
					.ends = { &link->ends[j], NULL },
					.change = link->ends[j].change,
				};
			segment++;
			continue;
		}
		drawing->lines[drawing->line_count++] = (struct drawing_line){
			.from = frame->box_first + link->ends[0].node,
			.to = frame->box_first + link->ends[1].node,
			.link = link,
			.ends = { &link->ends[0], &link->ends[1] },
			.change = link->change,
		};
	}
}

/* Long enough for the labels of most links, side by side. */
static double unit_of(struct arena *arena, const struct topology_lab *lab)
{
	double boxes = 0, labels = 0;

	for (size_t i = 0; i < lab->node_count; i++)
		boxes += box_width(lab->nodes[i].name) / (double)lab->node_count;
	for (size_t i = 0; i < lab->link_count; i++)
		labels += fmin(labels_width(arena, &lab->links[i]), 200) / (double)lab->link_count;
	return 30 + boxes + 1.5 * labels;
}

static void boxes_place(struct drawing *drawing, const struct drawing_frame *frame, double unit)
{
	size_t count = frame->box_end - frame->box_first, line_count = frame->line_end - frame->line_first;
	struct drawing_box *boxes = drawing->boxes + frame->box_first;
	cleanup(free) struct stress_edge *edges = memory_new_array(line_count + 1, sizeof(*edges));
	cleanup(free) struct point *points = memory_new_array(count + 1, sizeof(*points));
	cleanup(free) struct rectangle *areas = memory_new_array(count + 1, sizeof(*areas));

	for (size_t i = 0; i < line_count; i++) {
		const struct drawing_line *line = &drawing->lines[frame->line_first + i];

		edges[i] = (struct stress_edge){ line->from - frame->box_first, line->to - frame->box_first };
	}
	stress_place(count, edges, line_count, unit, points);
	/* Text is wide and low: lines that lie need more room for it than lines that stand. */
	for (size_t i = 0; i < count; i++)
		areas[i] = rectangle_at((struct point){ points[i].x * 1.25, points[i].y * 0.9 }, boxes[i].area.width,
					boxes[i].area.height);
	rectangles_separate(areas, count, GAP);
	for (size_t i = 0; i < count; i++) {
		boxes[i].area.x = round(areas[i].x);
		boxes[i].area.y = round(areas[i].y);
	}
}

struct parallel {
	size_t low, high, line; /* boxes by number; the line between them */
};

static int parallel_compare(const void *left, const void *right)
{
	const struct parallel *a = left, *b = right;

	if (a->low != b->low)
		return a->low < b->low ? -1 : 1;
	if (a->high != b->high)
		return a->high < b->high ? -1 : 1;
	return (a->line > b->line) - (a->line < b->line);
}

/* Bends a line away from the straight one by `offset`, to the same side
 * whichever way it runs. */
static void line_bend(struct drawing *drawing, const struct parallel *parallel, double offset)
{
	struct point from = rectangle_center(&drawing->boxes[parallel->low].area);
	struct point to = rectangle_center(&drawing->boxes[parallel->high].area);
	double x = to.x - from.x, y = to.y - from.y, length = fmax(sqrt(x * x + y * y), 1);

	drawing->lines[parallel->line].control = (struct point){
		round((from.x + to.x) / 2 - y / length * offset),
		round((from.y + to.y) / 2 + x / length * offset),
	};
}

static void lines_bend(struct drawing *drawing, const struct drawing_frame *frame)
{
	size_t count = frame->line_end - frame->line_first, last;
	cleanup(free) struct parallel *parallels = memory_new_array(count + 1, sizeof(*parallels));

	for (size_t i = 0; i < count; i++) {
		size_t from = drawing->lines[frame->line_first + i].from,
		       to = drawing->lines[frame->line_first + i].to;

		parallels[i] =
			(struct parallel){ from < to ? from : to, from < to ? to : from, frame->line_first + i };
	}
	qsort(parallels, count, sizeof(*parallels), parallel_compare);
	for (size_t first = 0; first < count; first = last) {
		for (last = first; last < count && parallels[last].low == parallels[first].low &&
				   parallels[last].high == parallels[first].high;)
			last++;
		for (size_t i = first; i < last; i++)
			line_bend(drawing, &parallels[i],
				  ((double)(i - first) - (double)(last - first - 1) / 2) * BEND);
	}
}

struct point drawing_line_at(const struct drawing *drawing, const struct drawing_line *line, double part)
{
	struct point from = rectangle_center(&drawing->boxes[line->from].area);
	struct point to = rectangle_center(&drawing->boxes[line->to].area);
	double a = (1 - part) * (1 - part), b = 2 * part * (1 - part), c = part * part;

	return (struct point){ a * from.x + b * line->control.x + c * to.x,
			       a * from.y + b * line->control.y + c * to.y };
}

static void area_include(struct rectangle *all, const struct rectangle *area)
{
	double right = fmax(all->x + all->width, area->x + area->width);
	double bottom = fmax(all->y + all->height, area->y + area->height);

	all->x = fmin(all->x, area->x);
	all->y = fmin(all->y, area->y);
	all->width = right - all->x;
	all->height = bottom - all->y;
}

/* Around all that is in it. A curve stays within its three points. */
static void frame_fit(const struct drawing *drawing, struct drawing_frame *frame)
{
	struct rectangle *area = &frame->area;
	double title = box_width(frame->title);

	*area = frame->box_first < frame->box_end ? drawing->boxes[frame->box_first].area : (struct rectangle){ 0 };
	for (size_t i = frame->box_first; i < frame->box_end; i++)
		area_include(area, &drawing->boxes[i].area);
	for (size_t i = frame->line_first; i < frame->line_end; i++)
		area_include(area,
			     &(struct rectangle){ drawing->lines[i].control.x, drawing->lines[i].control.y, 0, 0 });
	for (size_t i = frame->label_first; i < frame->label_end; i++)
		area_include(area, &drawing->labels[i].area);
	area->x -= FRAME_PADDING;
	area->y -= FRAME_PADDING + DRAWING_TITLE_HEIGHT;
	area->width = fmax(area->width, title) + 2 * FRAME_PADDING;
	area->height += 2 * FRAME_PADDING + DRAWING_TITLE_HEIGHT;
}

static void area_move(struct rectangle *area, double x, double y)
{
	area->x += x;
	area->y += y;
}

static void frame_move(struct drawing *drawing, struct drawing_frame *frame, double x, double y)
{
	area_move(&frame->area, x, y);
	for (size_t i = frame->box_first; i < frame->box_end; i++)
		area_move(&drawing->boxes[i].area, x, y);
	for (size_t i = frame->label_first; i < frame->label_end; i++)
		area_move(&drawing->labels[i].area, x, y);
	for (size_t i = frame->line_first; i < frame->line_end; i++) {
		drawing->lines[i].control.x += x;
		drawing->lines[i].control.y += y;
	}
}

static void frame_layout(struct drawing *drawing, struct drawing_frame *frame, const struct topology_lab *lab)
{
	frame->title = arena_format(&drawing->arena, "%s%s/%s", topology_change_mark(lab->change),
				    lab->namespace_name, lab->name);
	frame->change = lab->change;
	frame->box_first = drawing->box_count;
	boxes_add(drawing, lab);
	frame->box_end = drawing->box_count;
	frame->line_first = drawing->line_count;
	lines_add(drawing, frame, lab);
	frame->line_end = drawing->line_count;
	boxes_place(drawing, frame, unit_of(&drawing->arena, lab));
	lines_bend(drawing, frame);
	labels_place(drawing, frame);
	frame_fit(drawing, frame);
}

static void drawing_reserve(struct drawing *drawing, const struct topology *topology)
{
	size_t boxes = 0, ends = 0, links = 0;

	for (size_t i = 0; i < topology->count; i++) {
		const struct topology_lab *lab = &topology->labs[i];

		boxes += lab->node_count + lab->link_count;
		links += lab->link_count;
		for (size_t j = 0; j < lab->link_count; j++)
			ends += lab->links[j].end_count;
	}
	drawing->frames = arena_new(&drawing->arena, topology->count * sizeof(*drawing->frames));
	drawing->boxes = arena_new(&drawing->arena, boxes * sizeof(*drawing->boxes));
	drawing->lines = arena_new(&drawing->arena, ends * sizeof(*drawing->lines));
	drawing->labels = arena_new(&drawing->arena, (ends + links) * sizeof(*drawing->labels));
}

void drawing_layout(struct drawing *drawing, const struct topology *topology)
{
	cleanup(free) struct rectangle *areas = memory_new_array(topology->count + 1, sizeof(*areas));

	*drawing = (struct drawing){ .arena = ARENA_INIT, .frame_count = topology->count };
	drawing_reserve(drawing, topology);
	for (size_t i = 0; i < topology->count; i++) {
		frame_layout(drawing, &drawing->frames[i], &topology->labs[i]);
		areas[i] = drawing->frames[i].area;
	}
	drawing->size = rectangles_shelve(areas, topology->count, FRAME_GAP);
	for (size_t i = 0; i < topology->count; i++)
		frame_move(drawing, &drawing->frames[i], areas[i].x - drawing->frames[i].area.x,
			   areas[i].y - drawing->frames[i].area.y);
}
