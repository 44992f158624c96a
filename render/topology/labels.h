/* The texts along the lines of a drawing: addresses near the ends, the name of
 * a link at its middle or beside its segment. */
#pragma once

#include "render/topology/layout.h"

/* Room for the labels of one link, of which `drawing` has yet to know. */
double labels_width(struct arena *arena, const struct topology_link *link);

/* Adds labels for the frame's lines and segments. None covers a box, and none
 * another label while there is room. */
void labels_place(struct drawing *drawing, struct drawing_frame *frame);
