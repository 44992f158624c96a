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
	".segment { fill: #9da7b1; stroke: #9da7b1; }\n"
	"}\n"
	"</style>\n";

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

static void rectangle_write(const char *class, const struct rectangle *area, double radius, struct buffer *out)
{
	buffer_format(out, "<rect class=\"%s\"", class);
	attribute_write("x", area->x, out);
	attribute_write("y", area->y, out);
	attribute_write("width", area->width, out);
	attribute_write("height", area->height, out);
	if (radius > 0)
		attribute_write("rx", radius, out);
	buffer_append_text(out, "/>\n");
}

static void words_write(const char *class, const char *text, double x, double y, struct buffer *out)
{
	buffer_append_text(out, "<text");
	if (class)
		buffer_format(out, " class=\"%s\"", class);
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

	buffer_append_text(out, "<path class=\"line\" d=\"");
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

static void box_write(const struct drawing_box *box, struct buffer *out)
{
	struct point center = rectangle_center(&box->area);

	if (box->kind == DRAWING_SEGMENT) {
		buffer_append_text(out, "<circle class=\"segment\"");
		attribute_write("cx", center.x, out);
		attribute_write("cy", center.y, out);
		attribute_write("r", box->area.width / 2 - 1, out);
		buffer_append_text(out, "/>\n");
		return;
	}
	rectangle_write(box->kind == DRAWING_VM ? "vm" : "pod", &box->area,
			box->kind == DRAWING_VM ? 4 : box->area.height / 2, out);
	words_write("name", box->name, center.x, center.y, out);
	words_write("type", box->kind == DRAWING_VM ? "vm" : "pod", center.x, center.y + 13, out);
}

static void label_write(const struct drawing_label *label, struct buffer *out)
{
	rectangle_write("behind", &label->area, 0, out);
	for (size_t i = 0; i < label->text_count; i++)
		words_write(label->kind == DRAWING_LINK ? "link" : "end", label->texts[i],
			    label->area.x + label->area.width / 2,
			    label->area.y + (double)(i + 1) * DRAWING_LINE_HEIGHT - 2, out);
}

void topology_write_svg(const struct topology *topology, struct buffer *out)
{
	cleanup(drawing) struct drawing drawing;

	drawing_layout(&drawing, topology);
	buffer_append_text(out, "<svg xmlns=\"http://www.w3.org/2000/svg\"");
	attribute_write("width", drawing.size.x, out);
	attribute_write("height", drawing.size.y, out);
	buffer_append_text(out, " viewBox=\"0 0 ");
	number_write(drawing.size.x, out);
	buffer_append_char(out, ' ');
	number_write(drawing.size.y, out);
	buffer_append_text(out, "\">\n");
	buffer_append_text(out, STYLE);
	rectangle_write("page", &(struct rectangle){ 0, 0, drawing.size.x, drawing.size.y }, 0, out);
	for (size_t i = 0; i < drawing.frame_count; i++) {
		const struct rectangle *area = &drawing.frames[i].area;

		rectangle_write("lab", area, 8, out);
		words_write("title", drawing.frames[i].title, area->x + 14, area->y + 24, out);
	}
	for (size_t i = 0; i < drawing.line_count; i++)
		line_write(&drawing, &drawing.lines[i], out);
	for (size_t i = 0; i < drawing.box_count; i++)
		box_write(&drawing.boxes[i], out);
	for (size_t i = 0; i < drawing.label_count; i++)
		label_write(&drawing.labels[i], out);
	buffer_append_text(out, "</svg>\n");
}
