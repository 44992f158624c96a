#include "render/convert/containerlab.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "render/convert/bodies.h"
#include "render/convert/exec.h"
#include "render/convert/labels.h"
#include "render/convert/segments.h"
#include "render/lab/names.h"

/* Leaves at least as much for the names of nodes and links, which stand behind it: "<lab>-<node>". */
enum { LAB_NAME_MAX = 30, MEMBER_NAME_ROOM = NAME_LENGTH_MAX - 1 };

static void changed_warn(struct reader *reader, const char *what, const char *from, const char *to, size_t line,
			 size_t column)
{
	if (!text_equal(from, to))
		loss_warn(reader, line, column, "%s %s is called \"%s\" in the lab", what, reader_quote(reader, from),
			  to);
}

/* Services are named after it, and RFC 1035 wants a letter first. */
static const char *lab_name(struct reader *reader, const struct wiring *wiring)
{
	cleanup(json) json_t *taken = json_object();
	bool digit = *wiring->name >= '0' && *wiring->name <= '9';
	const char *wanted = arena_format(reader->arena, "%s%s", digit ? "lab-" : "", wiring->name);
	const char *name = label_make(reader->arena, wanted, "lab", LAB_NAME_MAX, taken);

	if (*name >= '0' && *name <= '9')
		name = arena_format(reader->arena, "lab-%.*s", LAB_NAME_MAX - 4, name);
	changed_warn(reader, "topology", wiring->name, name, wiring->name_line, wiring->name_column);
	return name;
}

static bool is_in_lab(const struct wiring_node *node)
{
	return node->kept && node->role != KIND_BRIDGE;
}

/* Names that need no change are given first, so that no changed one takes them away. */
enum naming { NAMING_UNCHANGED, NAMING_CHANGED };

static void nodes_name(struct reader *reader, struct wiring *wiring, size_t most, json_t *taken, enum naming naming)
{
	for (size_t i = 0; i < wiring->node_count; i++) {
		struct wiring_node *node = &wiring->nodes[i];
		bool fits = text_is_dns_label(node->name) && strlen(node->name) <= most;

		if (!is_in_lab(node) || fits != (naming == NAMING_UNCHANGED))
			continue;
		node->label = label_make(reader->arena, node->name, "node", most, taken);
		changed_warn(reader, "node", node->name, node->label, node->line, node->column);
	}
}

static json_t *nodes_build(struct reader *reader, struct wiring *wiring)
{
	json_t *nodes = json_object();

	for (size_t i = 0; i < wiring->node_count; i++) {
		struct wiring_node *node = &wiring->nodes[i];

		if (!is_in_lab(node))
			continue;
		if (node->role == KIND_POD)
			exec_take(reader, node);
		else
			exec_refuse(reader, node);
		json_object_set_new(nodes, node->label, body_build(reader, node));
	}
	return nodes;
}

static json_t *lab_build(struct reader *reader, struct wiring *wiring, const char *namespace_name)
{
	const char *name = lab_name(reader, wiring);
	cleanup(json) json_t *taken = json_object();
	size_t most = MEMBER_NAME_ROOM - strlen(name);
	json_t *metadata = json_pack("{s:s}", "name", name), *spec = json_object(), *nodes, *links;

	json_set_text(metadata, "namespace", namespace_name);
	nodes_name(reader, wiring, most, taken, NAMING_UNCHANGED);
	nodes_name(reader, wiring, most, taken, NAMING_CHANGED);
	nodes = nodes_build(reader, wiring);
	links = segments_build(reader, wiring, most);
	if (json_object_size(nodes) == 0)
		reader_error(reader, wiring->name_line, wiring->name_column,
			     "no node of topology \"%s\" can come over", name);
	json_object_set_new(spec, "nodes", nodes);
	json_object_set_new(spec, "links", links);
	if (json_object_size(links) == 0)
		json_object_del(spec, "links");
	return json_pack("{s:s, s:s, s:o, s:o}", "apiVersion", "knl.kubenetlab.net/v1beta1", "kind", "Lab",
			 "metadata", metadata, "spec", spec);
}

static json_t *document_convert(struct reader *reader, const struct yaml_documents *documents,
				const char *namespace_name)
{
	cleanup(json) json_t *lab = NULL;
	struct wiring wiring;

	if (documents->count != 1) {
		reader_error(reader, 1, 1, "the file has %zu documents; a containerlab file has one",
			     documents->count);
		return NULL;
	}
	if (!wiring_read(reader, documents->roots[0], &wiring))
		return NULL;
	lab = lab_build(reader, &wiring, namespace_name);
	return reader->errors == 0 ? steal(&lab) : NULL;
}

json_t *containerlab_convert_new(const struct lab_file *file, const char *namespace_name,
				 struct diagnostics *diagnostics)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	struct reader reader = { .arena = &arena, .path = file->path, .diagnostics = diagnostics };
	struct yaml_documents documents;
	json_t *lab = NULL;

	if (yaml_parse(&arena, file->path, file->text, file->length, &documents, diagnostics))
		lab = document_convert(&reader, &documents, namespace_name);
	diagnostics_sort(diagnostics);
	return lab;
}
