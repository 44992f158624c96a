/* Reading documents of Deckhouse's, the translated one and those that it refers to. */
#include "render/dialects/deckhouse/deckhouse.h"

#include <ctype.h>
#include <string.h>

#include "base/buffer.h"
#include "base/digest.h"
#include "base/text.h"
#include "render/dialects/annotations.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/values.h"

enum { DIGEST_CHARACTERS = 8 };

/* Annotations of labsync's that mean something to some kinds alone. */
static const struct {
	const char *name, *kinds[3], *advice;
} annotations[] = {
	{ DIALECT_ANNOTATION_LINKS, { DECKHOUSE_MACHINE }, "write it on the VirtualMachine" },
	{ "labsync.dev/size",
	  { DECKHOUSE_IMAGE, DECKHOUSE_CLUSTER_IMAGE },
	  "write it on an image that is kept in a claim" },
	{ "labsync.dev/format", { DECKHOUSE_IMAGE, DECKHOUSE_CLUSTER_IMAGE }, "write it on the image" },
	{ DIALECT_ANNOTATION_DISK_POLICY, { DECKHOUSE_DISK, DECKHOUSE_IMAGE }, "write it on each VirtualDisk" },
	{ "labsync.dev/restart-policy", { NULL }, "write disruptions.restartApprovalMode into the VirtualMachine" },
};

static bool is_of_kind(const char *const kinds[3], const char *kind)
{
	for (size_t i = 0; i < 3; i++)
		if (kinds[i] && text_equal(kinds[i], kind))
			return true;
	return false;
}

static void annotations_check(struct reader *reader, const struct fact *document)
{
	const struct yaml_node *given = yaml_get(document->metadata, "annotations");

	for (size_t i = 0; i < sizeof(annotations) / sizeof(annotations[0]); i++) {
		const struct yaml_node *value = yaml_get(given, annotations[i].name);

		if (value && !is_of_kind(annotations[i].kinds, document->kind->name))
			reader_refuse(reader, value, "annotation %s is not for a %s; %s", annotations[i].name,
				      document->kind->name, annotations[i].advice);
	}
}

/* Names of VMs and operations are checked as such, with more to ask of them. */
static void name_check(struct reader *reader, const struct fact *document)
{
	const struct yaml_pair said = { .key = "name", .value = yaml_get(document->metadata, "name") };

	if (!text_equal(document->kind->name, DECKHOUSE_MACHINE) &&
	    !text_equal(document->kind->name, DECKHOUSE_OPERATION))
		object_name_read(reader, &said);
}

const void *deckhouse_read(struct reader *reader, const struct fact *document, const struct value_type *spec_type)
{
	size_t before = reader->errors;
	const void *spec;

	name_check(reader, document);
	annotations_check(reader, document);
	if (document->spec == NULL)
		return reader_refuse(reader, document->root, "%s has no spec; add it", document->kind->name);
	spec = object_read(reader, document->spec, "spec", spec_type);
	return reader->errors == before ? spec : NULL;
}

const void *deckhouse_fact(const struct reader *reader, const struct fact *fact, const struct value_type *spec_type)
{
	return fact->spec ? fact_read(reader, fact, fact->spec, spec_type) : NULL;
}

const struct fact *deckhouse_find(struct translation *translation, const char *kind, const struct yaml_node *at,
				  const char *name, const struct value_type *spec_type, const char *advice,
				  const void **spec)
{
	struct reader *reader = translation->reader;
	const bool of_cluster = text_equal(kind, DECKHOUSE_CLASS) || text_equal(kind, DECKHOUSE_CLUSTER_IMAGE);
	const struct fact *fact = facts_find(translation->facts, DECKHOUSE, kind,
					     of_cluster ? NULL : translation->namespace_name, name);

	if (fact == NULL)
		return reader_refuse(reader, at, "%s %s is not in the repository; %s", kind,
				     reader_quote(reader, name), advice);
	*spec = deckhouse_fact(reader, fact, spec_type);
	if (*spec == NULL)
		return reader_refuse(reader, at, "%s %s has errors; see %s:%zu", kind, reader_quote(reader, name),
				     fact->place.path, fact->place.line);
	return fact;
}

void deckhouse_take_metadata(struct arena *arena, const struct fact *document, struct yaml_node *disk)
{
	annotation_take_entries(arena, document, "labels", disk);
	annotation_take_entries(arena, document, "annotations", disk);
	annotation_make_field(arena, disk, DIALECT_ANNOTATION_DISK_POLICY, "diskPolicy");
}

void deckhouse_members_check(struct reader *reader, const struct yaml_node *mapping, const char *type,
			     const struct deckhouse_member *members)
{
	const struct yaml_node *at = yaml_get(mapping, "type");

	for (; type && members->name; members++) {
		const struct yaml_node *given = yaml_get(mapping, members->name);
		bool meant = text_equal(members->type, type), is_given = given && given->kind != YAML_NULL;

		if (meant && !is_given && !members->is_optional)
			reader_refuse(reader, at, "type %s needs %s; add it", type, members->name);
		if (!meant && is_given)
			reader_refuse(reader, given, "%s does not go with type %s; remove it, or write \"type: %s\"",
				      members->name, type, members->type);
	}
}

const void *deckhouse_read_mapping(struct reader *reader, const struct yaml_pair *pair)
{
	return value_mapping_pair(reader, pair) ? pair->value : NULL;
}

const void *deckhouse_read_sequence(struct reader *reader, const struct yaml_pair *pair)
{
	return value_sequence_pair(reader, pair) ? pair->value : NULL;
}

const struct value_type deckhouse_refused_type = {
	.name = "anything",
	.shape = VALUE_ANY,
	.standing = VALUE_REFUSED,
};

const struct yaml_node *deckhouse_value(const struct yaml_node *mapping, const char *key)
{
	const struct yaml_node *value = yaml_get(mapping, key);

	return value ? value : mapping;
}

/* As a label: whatever is none of a label's characters becomes "-". */
static void label_write(const char *name, struct buffer *label)
{
	for (; *name; name++) {
		unsigned char character = (unsigned char)*name;

		buffer_append_char(label, islower(character) || isdigit(character) ? (char)character
					  : isupper(character)                     ? (char)tolower(character)
										   : '-');
	}
}

const char *deckhouse_name(struct arena *arena, const char *prefix, const char *name, size_t most)
{
	cleanup(buffer) struct buffer label = BUFFER_INIT;
	size_t room = most - strlen(prefix), kept = room - DIGEST_CHARACTERS - 1;
	char digest[SHA256_TEXT_SIZE];

	if (text_is_dns_label(name) && strlen(name) <= room)
		return arena_format(arena, "%s%s", prefix, name);
	label_write(name, &label);
	if (kept > label.length)
		kept = label.length;
	sha256_text(name, strlen(name), digest);
	return arena_format(arena, "%s%.*s-%.*s", prefix, (int)kept, buffer_text(&label), DIGEST_CHARACTERS, digest);
}

struct yaml_node *deckhouse_moved(struct arena *arena, const struct yaml_node *value, const struct yaml_node *at)
{
	struct yaml_node *moved = arena_new(arena, sizeof(*moved));

	*moved = *value;
	moved->line = at->line;
	moved->column = at->column;
	if (value->kind == YAML_SEQUENCE) {
		moved->items = arena_new(arena, (value->count + 1) * sizeof(struct yaml_node *));
		for (size_t i = 0; i < value->count; i++)
			moved->items[i] = deckhouse_moved(arena, value->items[i], at);
	} else if (value->kind == YAML_MAPPING) {
		moved->pairs = arena_new(arena, (value->count + 1) * sizeof(*moved->pairs));
		for (size_t i = 0; i < value->count; i++)
			moved->pairs[i] =
				(struct yaml_pair){ .key = value->pairs[i].key,
						    .line = at->line,
						    .column = at->column,
						    .value = deckhouse_moved(arena, value->pairs[i].value, at) };
	}
	return moved;
}
