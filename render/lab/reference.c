/* schema_write_markdown(): the tables of fields as a page. */
#include "render/lab/schema.h"

#include "base/text.h"

enum { OBJECTS_MAX = 128 };

/* The objects that have their section; each has one, wherever it is used. */
struct reference {
	struct buffer *out;
	const struct value_type *objects[OBJECTS_MAX];
	size_t count;
};

/* A "|" would end the cell. */
static void cell_append(struct buffer *out, const char *text)
{
	for (; *text; text++)
		buffer_format(out, *text == '|' ? "\\%c" : "%c", *text);
}

static void allowed_write(const struct value_type *type, struct buffer *out)
{
	for (size_t i = 0; type->allowed && type->allowed[i]; i++)
		buffer_format(out, "%s`%s`", i == 0 ? " One of " : ", ", type->allowed[i]);
	if (type->allowed)
		buffer_append_char(out, '.');
}

static void type_write(const struct field *field, struct buffer *out)
{
	const struct value_type *object = schema_object(field->type);
	cleanup(buffer) struct buffer name = BUFFER_INIT;

	schema_type_write(field->type, &name);
	if (object && object->name)
		buffer_format(out, "[%s](#%s)", buffer_text(&name), object->name);
	else
		cell_append(out, buffer_text(&name));
}

static void field_write(const struct field *field, struct buffer *out)
{
	buffer_format(out, "| `%s` | ", field->name);
	type_write(field, out);
	buffer_format(out, " | %s | ", schema_presence_name(field->presence));
	if (field->fallback)
		buffer_format(out, "`%s`", field->fallback);
	buffer_append_text(out, " | ");
	cell_append(out, field->description);
	allowed_write(field->type, out);
	if (field->type->standing == VALUE_REFUSED)
		buffer_append_text(out, " Refused.");
	else if (field->type->standing == VALUE_WITHOUT_EFFECT)
		buffer_append_text(out, " Accepted with a warning.");
	buffer_append_text(out, " |\n");
}

static void fields_write(const struct field *fields, struct buffer *out)
{
	buffer_append_text(out, "| field | type | required | default | |\n|---|---|---|---|---|\n");
	for (; fields->name; fields++)
		field_write(fields, out);
	buffer_append_char(out, '\n');
}

static bool is_written(const struct reference *reference, const struct value_type *object)
{
	for (size_t i = 0; i < reference->count; i++)
		if (reference->objects[i] == object)
			return true;
	return reference->count == OBJECTS_MAX;
}

/* Anchors are written out, since each program makes its own from headings. */
static void heading_write(const char *mark, const char *name, struct buffer *out)
{
	buffer_format(out, "<a id=\"%s\"></a>\n\n%s %s\n\n", name, mark, name);
}

static void children_write(struct reference *reference, const struct value_type *object);

static void object_write(struct reference *reference, const struct value_type *object)
{
	if (is_written(reference, object))
		return;
	reference->objects[reference->count++] = object;
	if (object->name) {
		heading_write("###", object->name, reference->out);
		fields_write(object->fields, reference->out);
	}
	children_write(reference, object);
}

static void children_write(struct reference *reference, const struct value_type *object)
{
	for (const struct field *field = object->fields; field->name; field++) {
		const struct value_type *child = schema_object(field->type);

		if (child && child->name == NULL && !is_written(reference, child)) {
			buffer_format(reference->out, "In `%s`:\n\n", field->name);
			fields_write(child->fields, reference->out);
		}
		if (child)
			object_write(reference, child);
	}
}

void schema_write_markdown(struct buffer *out)
{
	struct reference reference = { .out = out };

	buffer_append_text(
		out,
		"# What labs are written in\n\n"
		"<!-- Made by `labsync schema --format markdown`; change the tables in render/lab/. -->\n\n"
		"`labsync explain lab.spec.nodes.vm` shows the same in a terminal; `labsync schema` gives it to\n"
		"editors as a JSON Schema. A field that is null counts as not given.\n\n");
	for (const struct schema_kind *kind = schema_kinds(); kind->name; kind++) {
		reference.objects[reference.count++] = kind->type;
		heading_write("##", kind->name, out);
		buffer_format(out, "%s\n\n", kind->description);
		fields_write(kind->type->fields, out);
		children_write(&reference, kind->type);
	}
	while (out->length > 1 && text_ends_with(buffer_text(out), "\n\n"))
		out->data[--out->length] = '\0';
}
