/* What holds for the drawing of any topology. */
#include "render/topology/layout.h"

#include <stdio.h>

#include "tests/unit/render/graph_check.h"

enum { NODES_MAX = 60, LINKS_MAX = 200 };

/* A lab in the making, with one address on each end. */
struct made {
	struct topology_node nodes[NODES_MAX];
	struct topology_end ends[LINKS_MAX][NODES_MAX];
	struct topology_link links[LINKS_MAX];
	char names[NODES_MAX][64];
	struct topology_lab lab;
	struct topology topology;
};

static const char *const address = "192.168.100.200/24";

static void made_init(struct made *made, size_t nodes)
{
	*made = (struct made){ .lab = { .namespace_name = "labs",
					.name = "made",
					.nodes = made->nodes,
					.node_count = nodes,
					.links = made->links } };
	made->topology = (struct topology){ .labs = &made->lab, .count = 1 };
	for (size_t i = 0; i < nodes; i++) {
		/* One long name among the others. */
		snprintf(made->names[i], sizeof(made->names[i]),
			 i == 3 ? "a-node-with-a-rather-long-name-%zu" : "n%zu", i);
		made->nodes[i] =
			(struct topology_node){ .name = made->names[i], .type = i % 3 == 0 ? NODE_POD : NODE_VM };
	}
}

static struct topology_link *made_link(struct made *made)
{
	struct topology_link *link = &made->links[made->lab.link_count];

	ck_assert_uint_lt(made->lab.link_count, LINKS_MAX);
	*link = (struct topology_link){ .name = "link", .ends = made->ends[made->lab.link_count++] };
	return link;
}

static void link_end(struct topology_link *link, size_t node)
{
	link->ends[link->end_count++] = (struct topology_end){ .node = node,
							       .interface = "link",
							       .mac = "32:00:00:00:00:01",
							       .addresses = &address,
							       .address_count = 1 };
}

static void link_two(struct made *made, size_t from, size_t to)
{
	struct topology_link *link = made_link(made);

	link_end(link, from);
	link_end(link, to);
}

static void make_ring(struct made *made)
{
	made_init(made, 20);
	for (size_t i = 0; i < 20; i++)
		link_two(made, i, (i + 1) % 20);
}

static void make_star(struct made *made)
{
	made_init(made, 30);
	for (size_t i = 1; i < 30; i++)
		link_two(made, 0, i);
}

static void make_leaf_spine(struct made *made)
{
	made_init(made, 36);
	for (size_t leaf = 4; leaf < 12; leaf++) {
		for (size_t spine = 0; spine < 4; spine++)
			link_two(made, spine, leaf);
		for (size_t host = 0; host < 3; host++)
			link_two(made, leaf, 12 + (leaf - 4) * 3 + host);
	}
}

static void make_random(struct made *made)
{
	unsigned state = 7;

	made_init(made, 50);
	for (size_t i = 0; i < 80; i++) {
		size_t from, to;

		state = state * 1664525U + 1013904223U;
		from = state >> 16 & 0xff;
		to = state >> 24;
		link_two(made, from % 50, to % 50);
	}
}

static void make_segment(struct made *made)
{
	struct topology_link *link;

	made_init(made, 40);
	link = made_link(made);
	for (size_t i = 0; i < 40; i++)
		link_end(link, i);
}

static void make_parallel(struct made *made)
{
	made_init(made, 3);
	for (size_t i = 0; i < 8; i++)
		link_two(made, i % 2, 1 - i % 2);
	link_two(made, 2, 2);
}

static void make_unlinked(struct made *made)
{
	made_init(made, 50);
}

static void make_single(struct made *made)
{
	made_init(made, 1);
}

static const struct layout_case {
	const char *name;
	void (*make)(struct made *made);
} cases[] = {
	{ "ring", make_ring },         { "star", make_star },           { "leaf and spine", make_leaf_spine },
	{ "random", make_random },     { "one segment", make_segment }, { "parallel links", make_parallel },
	{ "no links", make_unlinked }, { "one node", make_single },
};

static bool is_within(const struct rectangle *area, struct point size)
{
	return area->x >= 0 && area->y >= 0 && area->x + area->width <= size.x && area->y + area->height <= size.y;
}

static void check_boxes(const char *name, const struct drawing *drawing)
{
	for (size_t i = 0; i < drawing->box_count; i++) {
		ck_assert_msg(is_within(&drawing->boxes[i].area, drawing->size), "%s: box %zu is outside", name, i);
		for (size_t j = 0; j < i; j++)
			ck_assert_msg(!rectangle_overlaps(&drawing->boxes[i].area, &drawing->boxes[j].area),
				      "%s: boxes %zu and %zu overlap", name, i, j);
	}
}

static void check_labels(const char *name, const struct drawing *drawing)
{
	for (size_t i = 0; i < drawing->label_count; i++) {
		const struct rectangle *area = &drawing->labels[i].area;

		ck_assert_msg(is_within(area, drawing->size), "%s: label %zu is outside", name, i);
		for (size_t j = 0; j < drawing->box_count; j++)
			ck_assert_msg(!rectangle_overlaps(area, &drawing->boxes[j].area),
				      "%s: label %zu covers box %zu", name, i, j);
		for (size_t j = 0; j < i; j++)
			ck_assert_msg(!rectangle_overlaps(area, &drawing->labels[j].area),
				      "%s: labels %zu and %zu overlap", name, i, j);
	}
}

static void check_lines(const char *name, const struct drawing *drawing)
{
	for (size_t i = 0; i < drawing->line_count; i++) {
		for (int part = 0; part <= 20; part++) {
			struct point at = drawing_line_at(drawing, &drawing->lines[i], part / 20.0);

			ck_assert_msg(is_within(&(struct rectangle){ at.x, at.y, 0, 0 }, drawing->size),
				      "%s: line %zu is outside", name, i);
		}
	}
}

static size_t ends_count(const struct topology_lab *lab)
{
	size_t count = 0;

	for (size_t i = 0; i < lab->link_count; i++)
		count += lab->links[i].end_count;
	return count;
}

START_TEST(test_properties)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(free) struct made *made = memory_new(sizeof(*made));
		cleanup(drawing) struct drawing drawing;

		cases[i].make(made);
		drawing_layout(&drawing, &made->topology);
		ck_assert_uint_ge(drawing.box_count, made->lab.node_count);
		ck_assert_msg(drawing.label_count == ends_count(&made->lab) + made->lab.link_count, "%s: %zu labels",
			      cases[i].name, drawing.label_count);
		check_boxes(cases[i].name, &drawing);
		check_labels(cases[i].name, &drawing);
		check_lines(cases[i].name, &drawing);
	}
}
END_TEST

START_TEST(test_same_bytes)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(free) struct made *made = memory_new(sizeof(*made));
		cleanup(buffer) struct buffer first = BUFFER_INIT;
		cleanup(buffer) struct buffer second = BUFFER_INIT;

		cases[i].make(made);
		topology_write_svg(&made->topology, &first);
		topology_write_svg(&made->topology, &second);
		ck_assert_str_eq(buffer_text(&first), buffer_text(&second));
	}
}
END_TEST

/* Neighbours of a ring are nearer than those across it. */
START_TEST(test_ring_is_round)
{
	cleanup(free) struct made *made = memory_new(sizeof(*made));
	cleanup(drawing) struct drawing drawing;

	make_ring(made);
	drawing_layout(&drawing, &made->topology);
	for (size_t i = 0; i < 20; i++) {
		struct point at = rectangle_center(&drawing.boxes[i].area);
		struct point next = rectangle_center(&drawing.boxes[(i + 1) % 20].area);
		struct point across = rectangle_center(&drawing.boxes[(i + 10) % 20].area);
		double near = (at.x - next.x) * (at.x - next.x) + (at.y - next.y) * (at.y - next.y);
		double far = (at.x - across.x) * (at.x - across.x) + (at.y - across.y) * (at.y - across.y);

		ck_assert_msg(near * 4 < far, "node %zu: %f, %f", i, near, far);
	}
}
END_TEST

START_TEST(test_two_labs_are_apart)
{
	cleanup(graph_reading) struct graph_reading reading;
	cleanup(drawing) struct drawing drawing;

	graph_reading_init(&reading, GRAPH_LAB("b") "spec: {nodes: {p: " GRAPH_POD
						    "}}\n---\n" GRAPH_LAB("a") "spec: {nodes: {p: " GRAPH_POD "}}\n");
	drawing_layout(&drawing, &reading.topology);
	ck_assert_uint_eq(drawing.frame_count, 2);
	ck_assert(!rectangle_overlaps(&drawing.frames[0].area, &drawing.frames[1].area));
	for (size_t i = 0; i < 2; i++)
		ck_assert(rectangle_overlaps(&drawing.frames[i].area, &drawing.boxes[i].area));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_properties, test_same_bytes, test_ring_is_round,
				       test_two_labs_are_apart };

	return suite_run("topology_layout", tests, ARRAY_SIZE(tests));
}
