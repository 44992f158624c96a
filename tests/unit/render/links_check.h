/* Reads links alone, as a lab of namespace "labs" called "ring": the text has
 * `links`, and maybe `defaults` for them. What a node is, its name begins with. */
#pragma once

#include <check.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "render/lab/interfaces.h"

struct links_reading {
	struct arena arena;
	struct diagnostics diagnostics;
	struct lab lab;
	struct link_list links;
};

#define LINKS_READING_INIT                                                                                           \
	{                                                                                                            \
		.arena = ARENA_INIT, .diagnostics = DIAGNOSTICS_INIT                                                 \
	}

static inline void links_reading_cleanup(struct links_reading *reading)
{
	diagnostics_deinit(&reading->diagnostics);
	arena_deinit(&reading->arena);
}

static inline int links_check_compare(const void *left, const void *right)
{
	return strcmp(((const struct node_draft *)left)->name, ((const struct node_draft *)right)->name);
}

static inline enum node_type links_check_type(const char *name)
{
	if (text_starts_with(name, "vm-"))
		return NODE_VM;
	return text_starts_with(name, "srl-") ? NODE_SRL : NODE_POD;
}

/* A draft for each node that a connector names. */
static inline void links_check_drafts(struct links_reading *reading, struct node_list *list)
{
	size_t kept = 0;

	*list = (struct node_list){ .drafts = arena_new(&reading->arena, (reading->links.connector_count + 1) *
										 sizeof(*list->drafts)) };
	for (size_t i = 0; i < reading->links.connector_count; i++) {
		const char *name = reading->links.connectors[i].node;

		if (name)
			list->drafts[list->count++] =
				(struct node_draft){ .name = name, .typed = true, .type = links_check_type(name) };
	}
	qsort(list->drafts, list->count, sizeof(*list->drafts), links_check_compare);
	for (size_t i = 0; i < list->count; i++)
		if (kept == 0 || !text_equal(list->drafts[kept - 1].name, list->drafts[i].name))
			list->drafts[kept++] = list->drafts[i];
	list->count = kept;
}

static inline void links_check_nodes(struct links_reading *reading, struct reader *reader)
{
	struct lab *lab = &reading->lab;
	struct node_list list;

	links_check_drafts(reading, &list);
	lab->nodes = arena_new(&reading->arena, (list.count + 1) * sizeof(*lab->nodes));
	lab->node_count = list.count;
	for (size_t i = 0; i < list.count; i++)
		lab->nodes[i] = (struct lab_node){
			.name = list.drafts[i].name,
			.object_name = arena_format(&reading->arena, "ring-%s", list.drafts[i].name),
			.type = list.drafts[i].type,
		};
	interfaces_attach(reader, lab, &list, &reading->links);
}

static inline void links_reading_read(struct links_reading *reading, const char *text)
{
	struct reader reader = { .arena = &reading->arena,
				 .path = "labs/a.yaml",
				 .diagnostics = &reading->diagnostics,
				 .layer = LAYER_LAB };
	const struct lab_link_defaults *defaults = NULL;
	struct yaml_documents documents;
	const struct yaml_node *given;

	ck_assert(yaml_parse(&reading->arena, reader.path, text, strlen(text), &documents, &reading->diagnostics));
	given = yaml_get(documents.roots[0], "defaults");
	if (given)
		defaults = object_read(&reader, given, "link", &link_defaults_type);
	links_read(&reader, "ring", yaml_get(documents.roots[0], "links"), defaults, &reading->links);
	reading->lab = (struct lab){ .name = "ring",
				     .namespace_name = "labs",
				     .path = reader.path,
				     .links = reading->links.links,
				     .link_count = reading->links.link_count };
	links_check_nodes(reading, &reader);
	reading->lab.valid = reader.errors == 0;
	diagnostics_sort(&reading->diagnostics);
}

/* All diagnostics, a line each, without the path. The caller frees. */
static inline char *links_reading_lines_new(const struct links_reading *reading)
{
	struct buffer out = BUFFER_INIT;

	for (size_t i = 0; i < reading->diagnostics.count; i++) {
		const struct diagnostic *diagnostic = &reading->diagnostics.items[i];

		buffer_format(&out, "%s%zu:%zu: %s: %s", i ? "\n" : "", diagnostic->line, diagnostic->column,
			      diagnostic->severity == DIAGNOSTIC_ERROR ? "error" : "warning", diagnostic->message);
	}
	return buffer_steal(&out);
}

/* The lab, in which nothing is wrong. */
static inline const struct lab *links_reading_good(struct links_reading *reading, const char *text)
{
	cleanup(free) char *lines = NULL;

	links_reading_read(reading, text);
	lines = links_reading_lines_new(reading);
	ck_assert_str_eq(lines, "");
	return &reading->lab;
}

static inline const struct lab_node *links_check_node(const struct lab *lab, const char *name)
{
	for (size_t i = 0; i < lab->node_count; i++)
		if (text_equal(lab->nodes[i].name, name))
			return &lab->nodes[i];
	ck_abort_msg("no node %s", name);
	return NULL;
}
