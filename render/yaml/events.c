#include "render/yaml/events.h"

#include <string.h>
#include <yaml.h>

#include "render/yaml/anchors.h"
#include "render/yaml/mapping.h"
#include "render/yaml/scalar.h"
#include "render/yaml/syntax.h"

struct event_reader {
	struct yaml_builder *builder;
	yaml_parser_t parser;
	struct anchors anchors; /* of the document that is read */
	const char *text;
	size_t length;
};

static void event_cleanup(yaml_event_t *event)
{
	yaml_event_delete(event);
}

static struct yaml_place event_place(const yaml_event_t *event)
{
	return (struct yaml_place){ .line = event->start_mark.line + 1, .column = event->start_mark.column + 1 };
}

static bool next_event(struct event_reader *reader, yaml_event_t *event)
{
	if (yaml_parser_parse(&reader->parser, event))
		return true;
	return yaml_syntax_stop(reader->builder, &reader->parser, reader->text, reader->length);
}

static struct yaml_node *read_node(struct event_reader *reader, const yaml_event_t *event, size_t depth);

static struct yaml_node *read_alias(struct event_reader *reader, const yaml_event_t *event, size_t depth)
{
	struct yaml_builder *builder = reader->builder;
	const char *name = (const char *)event->data.alias.anchor;
	const struct anchor *anchor = anchors_find(&reader->anchors, name);
	struct yaml_place place = event_place(event);

	if (anchor && !anchor->open) {
		if (!yaml_builder_count(builder, anchor->nodes, place) ||
		    !yaml_builder_descend(builder, depth + anchor->height, place))
			return NULL;
		return anchor->node;
	}
	if (anchor)
		yaml_builder_error(builder, place, "alias *%s stands for the value that holds it; write it out",
				   yaml_builder_shown(builder, name));
	else
		yaml_builder_error(builder, place, "nothing before this is named &%s; name it, or quote the text",
				   yaml_builder_shown(builder, name));
	return yaml_builder_node(builder, place);
}

static bool read_scalar(struct event_reader *reader, const yaml_event_t *event, struct yaml_node *node)
{
	const char *text = (const char *)event->data.scalar.value;
	size_t length = event->data.scalar.length;

	if (memchr(text, '\0', length))
		return yaml_builder_stop(reader->builder, event_place(event),
					 "the text holds a NUL character; no object can, drop it");
	node->text = arena_copy(reader->builder->arena, text, length);
	node->length = length;
	yaml_scalar_finish(reader->builder, node, (const char *)event->data.scalar.tag,
			   event->data.scalar.plain_implicit ? YAML_PLAIN : YAML_QUOTED);
	return true;
}

static void check_collection_tag(struct yaml_builder *builder, const yaml_event_t *event, const yaml_char_t *tag,
				 const char *own)
{
	if (tag && strcmp((const char *)tag, own) != 0 && strcmp((const char *)tag, "!") != 0)
		yaml_builder_error(builder, event_place(event), "tag %s has no meaning here; drop it",
				   yaml_tag_shown(builder, (const char *)tag));
}

static bool read_sequence(struct event_reader *reader, const yaml_event_t *start, size_t depth,
			  struct yaml_node *node)
{
	cleanup(yaml_list) struct yaml_list list = { .items = NULL };

	check_collection_tag(reader->builder, start, start->data.sequence_start.tag, YAML_SEQ_TAG);
	for (;;) {
		cleanup(event) yaml_event_t event = { .type = YAML_NO_EVENT };
		struct yaml_node *item;

		if (!next_event(reader, &event))
			return false;
		if (event.type == YAML_SEQUENCE_END_EVENT)
			break;
		item = read_node(reader, &event, depth);
		if (item == NULL)
			return false;
		yaml_list_add(&list, item);
	}
	yaml_list_finish(reader->builder, &list, node);
	return true;
}

/* Only an unquoted `<<` merges. */
static bool is_merge_key(const yaml_event_t *event)
{
	return event->type == YAML_SCALAR_EVENT && event->data.scalar.plain_implicit &&
	       strcmp((const char *)event->data.scalar.value, "<<") == 0;
}

static bool read_pair(struct event_reader *reader, const yaml_event_t *key_event, size_t depth,
		      struct yaml_mapping *mapping)
{
	cleanup(event) yaml_event_t value_event = { .type = YAML_NO_EVENT };
	struct yaml_place place = event_place(key_event);
	struct yaml_pair pair = { .line = place.line, .column = place.column };
	struct yaml_node *key = read_node(reader, key_event, depth);

	if (key == NULL || !next_event(reader, &value_event))
		return false;
	pair.value = read_node(reader, &value_event, depth);
	if (pair.value == NULL)
		return false;
	if (is_merge_key(key_event)) {
		yaml_mapping_merge(reader->builder, mapping, place, pair.value);
		return true;
	}
	pair.key = yaml_key_text(reader->builder, key);
	if (pair.key)
		yaml_mapping_add(mapping, &pair, YAML_WRITTEN);
	return true;
}

static bool read_mapping(struct event_reader *reader, const yaml_event_t *start, size_t depth, struct yaml_node *node)
{
	cleanup(yaml_mapping) struct yaml_mapping mapping = { .entries = NULL };

	check_collection_tag(reader->builder, start, start->data.mapping_start.tag, YAML_MAP_TAG);
	for (;;) {
		cleanup(event) yaml_event_t event = { .type = YAML_NO_EVENT };

		if (!next_event(reader, &event))
			return false;
		if (event.type == YAML_MAPPING_END_EVENT)
			break;
		if (!read_pair(reader, &event, depth, &mapping))
			return false;
	}
	yaml_mapping_finish(reader->builder, &mapping, node);
	return true;
}

static bool read_content(struct event_reader *reader, const yaml_event_t *event, size_t depth, struct yaml_node *node)
{
	if (event->type == YAML_SCALAR_EVENT)
		return read_scalar(reader, event, node);
	if (!yaml_builder_descend(reader->builder, depth + 1, event_place(event)))
		return false;
	return event->type == YAML_SEQUENCE_START_EVENT ? read_sequence(reader, event, depth + 1, node)
							: read_mapping(reader, event, depth + 1, node);
}

/* Measures while it reads: what was counted between open and close is the
 * value's size, the deepest place reached is its height. */
static bool read_anchored(struct event_reader *reader, const yaml_event_t *event, const char *name, size_t depth,
			  struct yaml_node *node)
{
	struct yaml_builder *builder = reader->builder;
	size_t nodes_before = builder->nodes - 1, deepest_before = builder->deepest;

	builder->deepest = depth;
	anchors_open(&reader->anchors, builder->arena, name, node);
	if (!read_content(reader, event, depth, node))
		return false;
	anchors_close(&reader->anchors, name, node, builder->nodes - nodes_before, builder->deepest - depth);
	if (builder->deepest < deepest_before)
		builder->deepest = deepest_before;
	return true;
}

static const char *event_anchor(const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return (const char *)event->data.scalar.anchor;
	case YAML_SEQUENCE_START_EVENT:
		return (const char *)event->data.sequence_start.anchor;
	case YAML_MAPPING_START_EVENT:
		return (const char *)event->data.mapping_start.anchor;
	default:
		return NULL;
	}
}

/* The value that begins with `event`, inside `depth` collections; NULL when the
 * reading stopped. A mistaken value is null, so that the rest can be read. */
static struct yaml_node *read_node(struct event_reader *reader, const yaml_event_t *event, size_t depth)
{
	const char *name = event_anchor(event);
	struct yaml_node *node;
	bool read;

	if (event->type == YAML_ALIAS_EVENT)
		return read_alias(reader, event, depth);
	node = yaml_builder_node(reader->builder, event_place(event));
	if (node == NULL)
		return NULL;
	read = name ? read_anchored(reader, event, name, depth, node) : read_content(reader, event, depth, node);
	return read ? node : NULL;
}

/* From a document's first event to its last. */
static bool read_document(struct event_reader *reader, struct yaml_list *roots)
{
	cleanup(event) yaml_event_t first = { .type = YAML_NO_EVENT };
	cleanup(event) yaml_event_t last = { .type = YAML_NO_EVENT };
	struct yaml_node *root;

	if (!next_event(reader, &first))
		return false;
	root = read_node(reader, &first, 0);
	if (root == NULL || !next_event(reader, &last))
		return false;
	anchors_deinit(&reader->anchors);
	if (root->kind == YAML_NULL)
		return true;
	if (roots->count == YAML_DOCUMENTS_MAX)
		return yaml_builder_stop(reader->builder, event_place(&first),
					 "the file holds more than %d documents; split it", YAML_DOCUMENTS_MAX);
	yaml_list_add(roots, root);
	return true;
}

static bool read_stream(struct event_reader *reader, struct yaml_list *roots)
{
	for (;;) {
		cleanup(event) yaml_event_t event = { .type = YAML_NO_EVENT };

		if (!next_event(reader, &event))
			return false;
		if (event.type == YAML_STREAM_END_EVENT)
			return true;
		if (event.type == YAML_DOCUMENT_START_EVENT && !read_document(reader, roots))
			return false;
	}
}

bool yaml_read_events(struct yaml_builder *builder, const char *text, size_t length, struct yaml_documents *documents)
{
	struct event_reader reader = { .builder = builder, .text = text, .length = length };
	cleanup(yaml_list) struct yaml_list roots = { .items = NULL };
	struct yaml_node holder = { .kind = YAML_NULL };
	bool read;

	if (!yaml_parser_initialize(&reader.parser))
		abort(); /* out of memory, which ends the process everywhere */
	yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&reader.parser, (const unsigned char *)text, length);
	read = read_stream(&reader, &roots);
	yaml_parser_delete(&reader.parser);
	anchors_deinit(&reader.anchors);
	if (!read)
		return false;
	yaml_list_finish(builder, &roots, &holder);
	*documents = (struct yaml_documents){ .roots = holder.items, .count = holder.count };
	return true;
}
