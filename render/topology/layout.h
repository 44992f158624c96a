/* A drawing of a topology: what is where, without saying how it is drawn.
 * The texts are the topology's, which must outlive it, or the drawing's own. */
#pragma once

#include "render/topology/facts.h"
#include "render/topology/shape.h"
#include "render/topology/topology.h"

enum drawing_box_kind { DRAWING_VM, DRAWING_POD, DRAWING_SRL, DRAWING_SEGMENT };

enum drawing_sizes {
	DRAWING_LINE_HEIGHT = 14,
	DRAWING_FACT_HEIGHT = 13, /* of the small texts within boxes */
	DRAWING_TITLE_HEIGHT = 30,
	DRAWING_LABEL_LINES = 8
};

struct drawing_box {
	struct rectangle area;
	enum drawing_box_kind kind;
	const char *name; /* with its mark */
	const char *image; /* of a node; NULL: none */
	const struct topology_link *link; /* of a segment; NULL otherwise */
	struct facts facts; /* below the name */
	enum topology_change change;
};

/* From one box's middle to another's. */
struct drawing_line {
	size_t from, to; /* boxes */
	struct point control; /* of the quadratic curve; the middle when it is straight */
	const struct topology_link *link;
	const struct topology_end *ends[2]; /* at `from` and `to`; NULL at a segment */
	enum topology_change change;
};

enum drawing_label_kind { DRAWING_END, DRAWING_LINK };

struct drawing_label {
	struct rectangle area;
	enum drawing_label_kind kind;
	struct fact lines[DRAWING_LABEL_LINES]; /* one below the other */
	size_t line_count;
	enum topology_change change; /* of the whole */
};

struct drawing_frame {
	struct rectangle area;
	char *title;
	enum topology_change change;
	size_t box_first, box_end, line_first, line_end, label_first, label_end;
};

struct drawing {
	struct arena arena;
	struct drawing_frame *frames; /* one for each lab */
	size_t frame_count;
	struct drawing_box *boxes; /* of all labs, one lab after the other; so are the others */
	size_t box_count;
	struct drawing_line *lines;
	size_t line_count;
	struct drawing_label *labels;
	size_t label_count;
	struct point size; /* everything is within (0, 0) and this */
};

void drawing_layout(struct drawing *drawing, const struct topology *topology);
void drawing_deinit(struct drawing *drawing);
static inline void drawing_cleanup(struct drawing *drawing)
{
	drawing_deinit(drawing);
}

/* Where a line is, from 0 at its beginning to 1 at its end. */
struct point drawing_line_at(const struct drawing *drawing, const struct drawing_line *line, double part);
