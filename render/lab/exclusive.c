#include "render/lab/exclusive.h"

#include <string.h>

#include "render/lab/tell_once.h"

static const struct field *field_at(const struct value_type *type, size_t offset)
{
	const struct field *field = type->fields;

	while (field->name && field->offset != offset)
		field++;
	return field;
}

enum layer field_layer(const struct value_type *type, const void *object, size_t offset)
{
	const struct origin *origin = object_origin(type, object, offset);

	return origin ? origin->layer : LAYER_BUILT_IN;
}

bool field_is_set(const void *object, size_t offset)
{
	const void *value;

	memcpy(&value, (const char *)object + offset, sizeof(value));
	return value != NULL;
}

void field_drop(void *object, size_t offset)
{
	memset((char *)object + offset, 0, sizeof(void *));
}

/* The later of two in the text is the one to complain about. */
static bool place_is_after(const struct place *a, const struct place *b)
{
	return a->line != b->line ? a->line > b->line : a->column > b->column;
}

static void refuse_both(struct reader *reader, const struct value_type *type, const void *object,
			const struct field *a, const struct field *b)
{
	const struct place *first = object_place(type, object, a->offset);
	const struct place *second = object_place(type, object, b->offset);
	bool swapped = place_is_after(first, second);

	reader_error_once(reader, swapped ? first : second, "%s and %s exclude each other; keep one",
			  swapped ? b->name : a->name, swapped ? a->name : b->name);
}

const struct field *exclusive_settle(struct reader *reader, const struct value_type *type, void *object,
				     const size_t *offsets, size_t count)
{
	const struct field *held = NULL;
	bool clash = false;

	for (size_t i = 0; i < count; i++) {
		const struct field *field = field_at(type, offsets[i]);
		enum layer layer = field_layer(type, object, field->offset);

		if (!field_is_set(object, field->offset))
			continue;
		if (held == NULL || layer > field_layer(type, object, held->offset)) {
			if (held)
				field_drop(object, held->offset);
			held = field;
			clash = false;
		} else if (layer < field_layer(type, object, held->offset)) {
			field_drop(object, field->offset);
		} else if (!clash) {
			refuse_both(reader, type, object, held, field);
			clash = true;
		}
	}
	return clash ? NULL : held;
}
