#include "render/topology/labels.h"

#include <math.h>

#include "base/text.h"
#include "render/topology/space.h"

enum { FACTS_SHOWN = DRAWING_LABEL_LINES - 3 /* the name before, and how many more after */, PADDING = 2 };

static const double CHARACTER_WIDTH = 6.5; /* of the widest of the common fonts, on average */

static size_t characters_count(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

static double text_width(const char *text)
{
	return (double)characters_count(text) * CHARACTER_WIDTH + 2 * PADDING;
}

static void line_add(struct drawing_label *label, const char *text, enum topology_change change)
{
	label->lines[label->line_count++] = (struct fact){ text, change };
	label->area.width = fmax(label->area.width, text_width(text));
	label->area.height = (double)label->line_count * DRAWING_LINE_HEIGHT + PADDING;
}

static void facts_add(struct arena *arena, struct drawing_label *label, const struct facts *facts)
{
	for (size_t i = 0; i < facts->count && i < FACTS_SHOWN; i++)
		line_add(label, facts->items[i].text, facts->items[i].change);
	if (facts->count > FACTS_SHOWN)
		line_add(label, arena_format(arena, "and %zu more", facts->count - FACTS_SHOWN), TOPOLOGY_SAME);
}

static struct drawing_label end_label(struct arena *arena, const struct topology_link *link,
				      const struct topology_end *end)
{
	struct drawing_label label = { .kind = DRAWING_END, .change = end->change };
	struct facts facts = facts_of_end(arena, end);

	if (facts_interface(link, end))
		line_add(&label, facts_interface(link, end), TOPOLOGY_SAME);
	facts_add(arena, &label, &facts);
	return label;
}

static const char *marked_name(struct arena *arena, const struct topology_link *link)
{
	return arena_format(arena, "%s%s", topology_change_mark(link->change), link->name);
}

static struct drawing_label link_label(struct arena *arena, const struct topology_link *link)
{
	struct drawing_label label = { .kind = DRAWING_LINK, .change = link->change };
	struct facts facts = facts_of_link(arena, link);

	line_add(&label, marked_name(arena, link), link->change);
	facts_add(arena, &label, &facts);
	return label;
}

double labels_width(struct arena *arena, const struct topology_link *link)
{
	double widest = link_label(arena, link).area.width;

	for (size_t i = 0; i < link->end_count; i++)
		widest = fmax(widest, end_label(arena, link, &link->ends[i]).area.width);
	return widest;
}

static bool label_try(struct drawing_label *label, const struct space *space, unsigned kinds, double x, double y)
{
	label->area.x = round(x - label->area.width / 2);
	label->area.y = round(y - label->area.height / 2);
	return space_is_free(space, kinds, &label->area);
}

/* In rings around a point, ever farther out, until no box is in the way: there
 * is always such a place. */
static void label_force(struct drawing_label *label, const struct space *space, struct point around)
{
	static const struct point directions[] = { { 0, -1 }, { 1, 0 }, { 0, 1 },  { -1, 0 },
						   { 1, -1 }, { 1, 1 }, { -1, 1 }, { -1, -1 } };

	for (double radius = 0;; radius += DRAWING_LINE_HEIGHT) {
		unsigned kinds = radius < 20 * DRAWING_LINE_HEIGHT ? SPACE_BOX | SPACE_LABEL : SPACE_BOX;

		for (size_t i = 0; i < sizeof(directions) / sizeof(directions[0]); i++)
			if (label_try(label, space, kinds, around.x + directions[i].x * radius,
				      around.y + directions[i].y * radius))
				return;
	}
}

static void label_keep(struct drawing *drawing, struct space *space, const struct drawing_label *label)
{
	space_take(space, SPACE_LABEL, &label->area);
	drawing->labels[drawing->label_count++] = *label;
}

/* On the line, as near to `part` as there is room. */
static void label_place(struct drawing *drawing, struct space *space, const struct drawing_line *line,
			struct drawing_label *label, double part, double towards)
{
	if (label->line_count == 0)
		return;
	for (int i = 0; i <= 24; i++) {
		struct point at = drawing_line_at(drawing, line, part + (towards - part) * i / 24);

		if (label_try(label, space, SPACE_BOX | SPACE_LABEL, at.x, at.y)) {
			label_keep(drawing, space, label);
			return;
		}
	}
	label_force(label, space, drawing_line_at(drawing, line, (part + towards) / 2));
	label_keep(drawing, space, label);
}

static void end_place(struct drawing *drawing, struct space *space, const struct drawing_line *line, size_t end)
{
	struct drawing_label label;

	if (!line->ends[end])
		return;
	label = end_label(&drawing->arena, line->link, line->ends[end]);
	label_place(drawing, space, line, &label, (double)end, line->ends[1] ? 0.5 : 0.9);
}

static void name_place(struct drawing *drawing, struct space *space, const struct drawing_line *line)
{
	struct drawing_label label = link_label(&drawing->arena, line->link);

	label_place(drawing, space, line, &label, 0.5, 0.2);
}

static void segment_name_place(struct drawing *drawing, struct space *space, const struct drawing_box *box)
{
	struct drawing_label label = link_label(&drawing->arena, box->link);

	label_force(&label, space, rectangle_center(&box->area));
	label_keep(drawing, space, &label);
}

/* With all that is in the frame now, and a margin. */
static struct rectangle extent_of(const struct drawing *drawing, const struct drawing_frame *frame)
{
	struct point least = { 0, 0 }, most = { 0, 0 };

	for (size_t i = frame->box_first; i < frame->box_end; i++) {
		const struct rectangle *area = &drawing->boxes[i].area;

		least = (struct point){ fmin(least.x, area->x), fmin(least.y, area->y) };
		most = (struct point){ fmax(most.x, area->x + area->width), fmax(most.y, area->y + area->height) };
	}
	return (struct rectangle){ least.x - 100, least.y - 100, most.x - least.x + 200, most.y - least.y + 200 };
}

void labels_place(struct drawing *drawing, struct drawing_frame *frame)
{
	struct rectangle extent = extent_of(drawing, frame);
	cleanup(space) struct space space;

	space_init(&space, &extent);
	for (size_t i = frame->box_first; i < frame->box_end; i++) {
		struct rectangle area = drawing->boxes[i].area;

		/* A little room, so that text and border do not touch. */
		space_take(&space, SPACE_BOX,
			   &(struct rectangle){ area.x - 4, area.y - 4, area.width + 8, area.height + 8 });
	}
	frame->label_first = drawing->label_count;
	for (size_t i = frame->box_first; i < frame->box_end; i++)
		if (drawing->boxes[i].kind == DRAWING_SEGMENT)
			segment_name_place(drawing, &space, &drawing->boxes[i]);
	for (size_t i = frame->line_first; i < frame->line_end; i++)
		for (size_t end = 0; end < 2; end++)
			end_place(drawing, &space, &drawing->lines[i], end);
	for (size_t i = frame->line_first; i < frame->line_end; i++)
		if (drawing->lines[i].ends[1])
			name_place(drawing, &space, &drawing->lines[i]);
	frame->label_end = drawing->label_count;
}
