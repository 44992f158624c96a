#include "render/lab/origins.h"

#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "render/lab/file_field.h"
#include "render/lab/machine_fields.h"
#include "render/lab/pod_fields.h"
#include "render/lab/pod_values.h"
#include "render/lab/ports.h"
#include "render/lab/reader.h"
#include "render/lab/srl_fields.h"
#include "render/lab/values.h"
#include "render/lab/vm_fields.h"

#define HIDDEN "***"

struct walk {
	struct arena *arena;
	void (*each)(const struct valued_field *field, void *context);
	void *context;
	const struct origin *origin; /* of the list or object that the walk is in; NULL: built in */
};

/* The values that have their own readers, and how those store them. */
static const char *ports_text(struct arena *arena, const void *value);
static const char *words_text(struct arena *arena, const void *value);
static const char *init_text(struct arena *arena, const void *value);
static const char *number_text(struct arena *arena, const void *value);
static const char *file_text(struct arena *arena, const void *value);

static const struct own_text {
	const struct value_type *object;
	size_t offset;
	const char *(*text)(struct arena *arena, const void *value);
} own_texts[] = {
	{ &vm_type, offsetof(struct lab_vm, ports), ports_text },
	{ &vm_type, offsetof(struct lab_vm, cpu), number_text },
	{ &vm_type, offsetof(struct lab_vm, init), init_text },
	{ &pod_type, offsetof(struct lab_pod, ports), ports_text },
	{ &pod_type, offsetof(struct lab_pod, command_line), words_text },
	{ &srl_type, offsetof(struct lab_srl, ports), ports_text },
};

/* Whose texts are nobody's business, wherever they stand. Own cloud-init and Ignition may hold any secret. */
static const char *const secrets[] = { "passwd", "passwdHash", "userData", "config" };

static const char *ports_text(struct arena *arena, const void *value)
{
	const struct port_list *ports = value;
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	for (size_t i = 0; i < ports->count; i++)
		buffer_format(&text, "%s%s:%" PRId64 "/%s", i ? ", " : "", ports->ports[i].name, ports->ports[i].port,
			      ports->ports[i].protocol);
	return arena_format(arena, "[%s]", buffer_text(&text));
}

static const char *words_text(struct arena *arena, const void *value)
{
	const struct command_line *line = value;
	cleanup(json) json_t *words = json_array();
	cleanup(free) char *text = NULL;

	for (size_t i = 0; i < line->count; i++)
		json_array_append_new(words, json_string(line->words[i]));
	text = json_dumps(words, 0);
	return arena_format(arena, "%s", text ? text : "");
}

static const char *init_text(struct arena *arena, const void *value)
{
	(void)arena;
	return *(const enum init_method *)value == INIT_IGNITION ? "ignition" : "cloud-init";
}

static const char *number_text(struct arena *arena, const void *value)
{
	return arena_format(arena, "%" PRId64, *(const int64_t *)value);
}

static const char *file_text(struct arena *arena, const void *value)
{
	(void)arena;
	return ((const struct lab_text_file *)value)->path;
}

/* A patch can carry user data of its own. */
static void secrets_hide(json_t *value)
{
	static const char *const keys[] = { "userData", "userDataBase64" };
	const char *key;
	json_t *member;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (json_object_get(value, keys[i]))
			json_object_set_new(value, keys[i], json_string(HIDDEN));
	json_object_foreach (value, key, member)
		secrets_hide(member);
	json_array_foreach (value, i, member)
		secrets_hide(member);
}

static const char *any_text(struct arena *arena, const struct yaml_node *value)
{
	cleanup(json) json_t *json = yaml_to_json_new(value);
	cleanup(free) char *text = NULL;

	secrets_hide(json);
	text = json_dumps(json, JSON_ENCODE_ANY);

	return arena_format(arena, "%s", text ? text : "");
}

/* A value that is shown whole; NULL for objects and maps, which are walked. */
static const char *value_text(struct arena *arena, const struct value_type *type, const void *value)
{
	switch (type->shape) {
	case VALUE_TEXT:
	case VALUE_SCALAR:
		return type == &file_type ? file_text(arena, value) : value;
	case VALUE_NUMBER:
		return number_text(arena, value);
	case VALUE_BOOLEAN:
		return *(const bool *)value ? "true" : "false";
	case VALUE_ANY:
		return any_text(arena, value);
	case VALUE_OBJECT:
	case VALUE_MAP:
	case VALUE_LIST:
		break;
	}
	return NULL;
}

static void field_tell(const struct walk *walk, const char *name, const char *text)
{
	cleanup(free) char *printable = text_printable(text ? text : HIDDEN, TEXT_ONE_LINE);
	struct valued_field field = {
		.name = name,
		.text = arena_copy(walk->arena, printable, strlen(printable)),
		.layer = walk->origin ? walk->origin->layer : LAYER_BUILT_IN,
		.place = walk->origin ? &walk->origin->place : NULL,
	};

	walk->each(&field, walk->context);
}

static void object_walk(const struct walk *walk, const struct value_type *type, const void *object,
			const char *prefix);

static bool is_object(const struct value_type *type)
{
	return type->shape == VALUE_OBJECT && type->size;
}

static void list_walk(const struct walk *walk, const struct value_type *type, const struct value_list *list,
		      const char *name)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	for (size_t i = 0; i < list->count; i++) {
		if (is_object(type->items))
			object_walk(walk, type->items, list->items[i],
				    arena_format(walk->arena, "%s[%zu].", name, i));
		else
			buffer_format(&text, "%s%s", i ? ", " : "",
				      value_text(walk->arena, type->items, list->items[i]));
	}
	if (!is_object(type->items) || list->count == 0)
		field_tell(walk, name, arena_format(walk->arena, "[%s]", buffer_text(&text)));
}

static void value_walk(const struct walk *walk, const struct value_type *type, const void *value, const char *name);

static void map_walk(const struct walk *walk, const struct value_type *type, const struct value_map *map,
		     const char *name)
{
	/* Variables are written as any scalar, and kept as text. */
	const struct value_type *items = type == &environment_type ? &text_type : type->items;

	for (size_t i = 0; i < map->count; i++)
		value_walk(walk, items, map->values[i], arena_format(walk->arena, "%s.%s", name, map->keys[i]));
	if (map->count == 0)
		field_tell(walk, name, "{}");
}

static void value_walk(const struct walk *walk, const struct value_type *type, const void *value, const char *name)
{
	if (is_object(type))
		object_walk(walk, type, value, arena_format(walk->arena, "%s.", name));
	else if (type->shape == VALUE_LIST)
		list_walk(walk, type, value, name);
	else if (type->shape == VALUE_MAP)
		map_walk(walk, type, value, name);
	else
		field_tell(walk, name, value_text(walk->arena, type, value));
}

static bool is_secret(const char *name)
{
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		if (text_equal(secrets[i], name))
			return true;
	return false;
}

static const struct own_text *own_text_find(const struct value_type *type, const struct field *field)
{
	for (size_t i = 0; i < sizeof(own_texts) / sizeof(own_texts[0]); i++)
		if (own_texts[i].object == type && own_texts[i].offset == field->offset)
			return &own_texts[i];
	return NULL;
}

static void field_walk(const struct walk *walk, const struct value_type *type, const struct field *field,
		       const void *value, const char *name)
{
	const struct own_text *own = own_text_find(type, field);

	if (is_secret(field->name))
		field_tell(walk, name, NULL);
	else if (own)
		field_tell(walk, name, own->text(walk->arena, value));
	else
		value_walk(walk, field->type, value, name);
}

/* Rows that share an offset are other names of one field, and told once. */
static bool is_first_of_its_place(const struct value_type *type, const struct field *field)
{
	for (const struct field *other = type->fields; other < field; other++)
		if (other->offset == field->offset)
			return false;
	return true;
}

/* An object without any field set is worth a line: "spread: {}" says something. */
static void object_walk(const struct walk *walk, const struct value_type *type, const void *object,
			const char *prefix)
{
	size_t told = 0;

	for (const struct field *field = type->fields; field->name; field++) {
		struct walk inner = *walk;
		const void *value;

		memcpy(&value, (const char *)object + field->offset, sizeof(value));
		if (value == NULL || field->type->standing != VALUE_USED || !is_first_of_its_place(type, field))
			continue;
		inner.origin = object_origin(type, object, field->offset);
		field_walk(&inner, type, field, value, arena_format(walk->arena, "%s%s", prefix, field->name));
		told++;
	}
	if (told == 0 && *prefix)
		field_tell(walk, arena_format(walk->arena, "%.*s", (int)strlen(prefix) - 1, prefix), "{}");
}

void node_values_each(struct arena *arena, const struct lab_node *node,
		      void (*each)(const struct valued_field *field, void *context), void *context)
{
	struct walk walk = { .arena = arena, .each = each, .context = context };

	switch (node->type) {
	case NODE_VM:
		object_walk(&walk, &vm_type, node->vm, "");
		break;
	case NODE_POD:
		object_walk(&walk, &pod_type, node->pod, "");
		break;
	case NODE_SRL:
		object_walk(&walk, &srl_type, node->srl, "");
		break;
	case NODE_MACHINE:
		object_walk(&walk, &virtual_machine_type, node->machine, "");
		break;
	}
}
