/* The drawing as SVG that needs nothing beside it: no script, no font, no
 * other file. Colours follow the reader's light or dark scheme. */
#include "render/topology/layout.h"

static const char STYLE[] =
	"<style>\n"
	"text { font-family: Helvetica, Arial, sans-serif; font-size: 11px; text-anchor: middle; fill: #24292f; }\n"
	".page, .behind { fill: #ffffff; }\n"
	".lab { fill: none; stroke: #b0b8c0; }\n"
	".title { font-size: 14px; font-weight: bold; text-anchor: start; fill: #57606a; }\n"
	".line { fill: none; stroke: #8c959f; stroke-width: 1.5; }\n"
	".vm { fill: #ddf0ff; stroke: #0969da; stroke-width: 2; }\n"
	".pod { fill: #fdf0d5; stroke: #bc6c00; stroke-width: 2; }\n"
	".srl { fill: #ece3ff; stroke: #6f42c1; stroke-width: 2; }\n"
	".segment { fill: #57606a; stroke: #57606a; stroke-width: 2; }\n"
	".name { font-size: 14px; font-weight: bold; }\n"
	".type { font-size: 10px; fill: #57606a; }\n"
	".link { font-style: italic; fill: #57606a; }\n"
	"@media (prefers-color-scheme: dark) {\n"
	"text { fill: #e6edf3; }\n"
	".page, .behind { fill: #0d1117; }\n"
	".lab { stroke: #484f58; }\n"
	".title, .type, .link { fill: #9da7b1; }\n"
	".line { stroke: #6e7681; }\n"
	".vm { fill: #0c2d4d; stroke: #4493f8; }\n"
	".pod { fill: #3a2a0a; stroke: #d29922; }\n"
	".srl { fill: #2b1d4d; stroke: #ab7df8; }\n"
	".segment { fill: #9da7b1; stroke: #9da7b1; }\n"
	"}\n";

/* What changed wins over what it is. */
static const char STYLE_OF_CHANGES[] = ".added { stroke: #1a7f37; }\n"
				       ".removed { stroke: #cf222e; stroke-dasharray: 6 4; }\n"
				       ".changed { stroke: #9a6700; }\n"
				       ".line.added, .line.removed, .line.changed { stroke-width: 2.5; }\n"
				       ".box.added { fill: #dafbe1; }\n"
				       ".box.removed { fill: #ffebe9; }\n"
				       ".box.changed { fill: #fff8c5; }\n"
				       ".segment.added { fill: #1a7f37; }\n"
				       ".segment.removed { fill: #cf222e; }\n"
				       ".segment.changed { fill: #9a6700; }\n"
				       "text.added { fill: #116329; stroke: none; }\n"
				       "text.removed { fill: #a40e26; stroke: none; }\n"
				       "text.changed { fill: #7d4e00; stroke: none; }\n"
				       ".legend { text-anchor: start; }\n"
				       "@media (prefers-color-scheme: dark) {\n"
				       ".added { stroke: #3fb950; }\n"
				       ".removed { stroke: #f85149; }\n"
				       ".changed { stroke: #d29922; }\n"
				       ".box.added { fill: #12351c; }\n"
				       ".box.removed { fill: #491b1c; }\n"
				       ".box.changed { fill: #3d2e00; }\n"
				       ".segment.added { fill: #3fb950; }\n"
				       ".segment.removed { fill: #f85149; }\n"
				       ".segment.changed { fill: #d29922; }\n"
				       "text.added { fill: #7ee787; }\n"
				       "text.removed { fill: #ff9492; }\n"
				       "text.changed { fill: #e3b341; }\n"
				       "}\n";

enum legend_sizes {
	LEGEND_HEIGHT = 40,
	LEGEND_LEFT = 14,
	LEGEND_STEP = 120,
	LEGEND_BOX_WIDTH = 28,
	LEGEND_BOX_HEIGHT = 16
};

/* A class beside the others; nothing for what is the same. */
static const char *change_class(enum topology_change change)
{
	static const char *const classes[] = {
		[TOPOLOGY_SAME] = "",
		[TOPOLOGY_ADDED] = " added",
		[TOPOLOGY_REMOVED] = " removed",
		[TOPOLOGY_CHANGED] = " changed",
	};

	return classes[change];
}

static void text_write(const char *text, struct buffer *out)
{
	for (const char *at = text; *at; at++) {
		switch (*at) {
		case '<':
			buffer_append_text(out, "&lt;");
			break;
		case '>':
			buffer_append_text(out, "&gt;");
			break;
		case '&':
			buffer_append_text(out, "&amp;");
			break;
		case '"':
			buffer_append_text(out, "&quot;");
			break;
		default: /* XML 1.0 has no way to write a control character */
			buffer_append_char(out, (unsigned char)*at < ' ' || *at == 0x7f ? '?' : *at);
		}
	}
}

/* In pixels and halves of them, by integers: no locale has a say. */
static void number_write(double value, struct buffer *out)
{
	long halves = (long)(value * 2 + (value < 0 ? -0.5 : 0.5));

	buffer_format(out, "%s%ld%s", halves < 0 ? "-" : "", labs(halves) / 2, halves % 2 ? ".5" : "");
}

static void attribute_write(const char *name, double value, struct buffer *out)
{
	buffer_format(out, " %s=\"", name);
	number_write(value, out);
	buffer_append_char(out, '"');
}

static void rectangle_write(const char *class, enum topology_change change, const struct rectangle *area,
			    double radius, struct buffer *out)
{
	buffer_format(out, "<rect class=\"%s%s\"", class, change_class(change));
	attribute_write("x", area->x, out);
	attribute_write("y", area->y, out);
	attribute_write("width", area->width, out);
	attribute_write("height", area->height, out);
	if (radius > 0)
		attribute_write("rx", radius, out);
	buffer_append_text(out, "/>\n");
}

static void words_write(const char *class, enum topology_change change, const char *text, double x, double y,
			struct buffer *out)
{
	buffer_format(out, "<text class=\"%s%s\"", class, change_class(change));
	attribute_write("x", x, out);
	attribute_write("y", y, out);
	buffer_append_char(out, '>');
	text_write(text, out);
	buffer_append_text(out, "</text>\n");
}

/* What a pointer that rests on the line is told. */
static void line_title_write(const struct drawing *drawing, const struct drawing_line *line, struct buffer *out)
{
	const size_t boxes[2] = { line->from, line->to };

	buffer_append_text(out, "<title>");
	text_write(line->link->name, out);
	for (size_t i = 0; i < 2 && line->ends[i]; i++) {
		buffer_append_text(out, i == 0 ? ": " : ", ");
		text_write(drawing->boxes[boxes[i]].name, out);
		buffer_append_char(out, ' ');
		text_write(line->ends[i]->mac, out);
	}
	buffer_append_text(out, "</title>");
}

static void line_write(const struct drawing *drawing, const struct drawing_line *line, struct buffer *out)
{
	const struct point points[] = { rectangle_center(&drawing->boxes[line->from].area), line->control,
					rectangle_center(&drawing->boxes[line->to].area) };
	static const char *const before[] = { "M", " Q", " " };

	buffer_format(out, "<path class=\"line%s\" d=\"", change_class(line->change));
	for (size_t i = 0; i < 3; i++) {
		buffer_append_text(out, before[i]);
		number_write(points[i].x, out);
		buffer_append_char(out, ' ');
		number_write(points[i].y, out);
	}
	buffer_append_text(out, "\">");
	line_title_write(drawing, line, out);
	buffer_append_text(out, "</path>\n");
}

static void segment_write(const struct drawing_box *box, struct buffer *out)
{
	struct point center = rectangle_center(&box->area);

	buffer_format(out, "<circle class=\"segment%s\"", change_class(box->change));
	attribute_write("cx", center.x, out);
	attribute_write("cy", center.y, out);
	attribute_write("r", box->area.width / 2 - 1, out);
	buffer_append_text(out, "/>\n");
}

static void node_write(const struct drawing_box *box, struct buffer *out)
{
	static const char *const classes[] = {
		[DRAWING_VM] = "box vm",
		[DRAWING_POD] = "box pod",
		[DRAWING_SRL] = "box srl",
	};
	double middle = rectangle_center(&box->area).x, radius = box->kind == DRAWING_POD ? 21 : 4;

	buffer_append_text(out, "<g>");
	if (box->image) {
		buffer_append_text(out, "<title>");
		text_write(box->image, out);
		buffer_append_text(out, "</title>");
	}
	buffer_append_char(out, '\n');
	rectangle_write(classes[box->kind], box->change, &box->area, radius, out);
	words_write("name", box->change, box->name, middle, box->area.y + 21, out);
	for (size_t i = 0; i < box->facts.count; i++)
		words_write("type", box->facts.items[i].change, box->facts.items[i].text, middle,
			    box->area.y + 34 + (double)i * DRAWING_FACT_HEIGHT, out);
	buffer_append_text(out, "</g>\n");
}

/* What a line of a label shows: what was added or removed is so whole, of what changed each line for itself. */
static enum topology_change line_change(const struct drawing_label *label, const struct fact *line)
{
	return line->change == TOPOLOGY_SAME && label->change != TOPOLOGY_CHANGED ? label->change : line->change;
}

static void label_write(const struct drawing_label *label, struct buffer *out)
{
	rectangle_write("behind", TOPOLOGY_SAME, &label->area, 0, out);
	for (size_t i = 0; i < label->line_count; i++) {
		const struct fact *line = &label->lines[i];

		words_write(label->kind == DRAWING_LINK ? "link" : "end", line_change(label, line), line->text,
			    label->area.x + label->area.width / 2,
			    label->area.y + (double)(i + 1) * DRAWING_LINE_HEIGHT - 2, out);
	}
}

/* What the colours mean, below the labs. */
static void legend_write(double top, struct buffer *out)
{
	static const enum topology_change changes[] = { TOPOLOGY_ADDED, TOPOLOGY_REMOVED, TOPOLOGY_CHANGED };

	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		double left = LEGEND_LEFT + (double)i * LEGEND_STEP;
		cleanup(free) char *text =
			string_format("%s%s", topology_change_mark(changes[i]), topology_change_name(changes[i]));

		rectangle_write("box sample", changes[i],
				&(struct rectangle){ left, top + 6, LEGEND_BOX_WIDTH, LEGEND_BOX_HEIGHT }, 4, out);
		words_write("legend", changes[i], text, left + LEGEND_BOX_WIDTH + 8, top + 18, out);
	}
}

static void head_write(struct point size, bool compared, struct buffer *out)
{
	buffer_append_text(out, "<svg xmlns=\"http://www.w3.org/2000/svg\"");
	attribute_write("width", size.x, out);
	attribute_write("height", size.y, out);
	buffer_append_text(out, " viewBox=\"0 0 ");
	number_write(size.x, out);
	buffer_append_char(out, ' ');
	number_write(size.y, out);
	buffer_append_text(out, "\">\n");
	buffer_append_text(out, STYLE);
	buffer_append_text(out, compared ? STYLE_OF_CHANGES : "");
	buffer_append_text(out, "</style>\n");
	rectangle_write("page", TOPOLOGY_SAME, &(struct rectangle){ 0, 0, size.x, size.y }, 0, out);
}

/* What was removed is drawn first, so that what is there lies over it. */
static void drawing_write(const struct drawing *drawing, struct buffer *out)
{
	for (size_t i = 0; i < drawing->frame_count; i++) {
		const struct drawing_frame *frame = &drawing->frames[i];

		rectangle_write("lab", frame->change, &frame->area, 8, out);
		words_write("title", frame->change, frame->title, frame->area.x + 14, frame->area.y + 24, out);
	}
	for (size_t i = 0; i < drawing->line_count; i++)
		if (drawing->lines[i].change == TOPOLOGY_REMOVED)
			line_write(drawing, &drawing->lines[i], out);
	for (size_t i = 0; i < drawing->line_count; i++)
		if (drawing->lines[i].change != TOPOLOGY_REMOVED)
			line_write(drawing, &drawing->lines[i], out);
	for (size_t i = 0; i < drawing->box_count; i++) {
		if (drawing->boxes[i].kind == DRAWING_SEGMENT)
			segment_write(&drawing->boxes[i], out);
		else
			node_write(&drawing->boxes[i], out);
	}
	for (size_t i = 0; i < drawing->label_count; i++)
		label_write(&drawing->labels[i], out);
}

void topology_write_svg(const struct topology *topology, struct buffer *out)
{
	cleanup(drawing) struct drawing drawing;
	struct point size;

	drawing_layout(&drawing, topology);
	size = drawing.size;
	if (topology->compared) {
		size.x = size.x > LEGEND_LEFT + 3 * LEGEND_STEP ? size.x : LEGEND_LEFT + 3 * LEGEND_STEP;
		size.y += LEGEND_HEIGHT;
	}
	head_write(size, topology->compared, out);
	drawing_write(&drawing, out);
	if (topology->compared)
		legend_write(drawing.size.y, out);
	buffer_append_text(out, "</svg>\n");
}
