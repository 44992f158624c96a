#include "render/lab/vm_patch.h"

#include "base/text.h"
#include "render/lab/values.h"

const struct value_type patch_type = { .name = "part of a VirtualMachine", .shape = VALUE_ANY };

/* By its name labsync finds the object again; a patch must not move it. */
static void metadata_check(struct reader *reader, const struct yaml_pair *metadata)
{
	static const char *const taken[] = { "labels", "annotations", NULL };

	if (value_mapping_pair(reader, metadata) == NULL)
		return;
	for (size_t i = 0; i < metadata->value->count; i++) {
		const struct yaml_pair *pair = &metadata->value->pairs[i];

		if (!text_equal(pair->key, taken[0]) && !text_equal(pair->key, taken[1]))
			reader_error(reader, pair->line, pair->column,
				     "patch cannot set metadata.%s, which labsync itself sets; it takes labels and "
				     "annotations",
				     text_nearest(pair->key, taken) ? text_nearest(pair->key, taken) : pair->key);
	}
}

const void *patch_read(struct reader *reader, const struct yaml_pair *pair)
{
	size_t before = reader->errors;

	if (value_mapping_pair(reader, pair) == NULL)
		return NULL;
	for (size_t i = 0; i < pair->value->count; i++) {
		const struct yaml_pair *part = &pair->value->pairs[i];

		if (text_equal(part->key, "metadata"))
			metadata_check(reader, part);
		else if (text_equal(part->key, "spec"))
			value_mapping_pair(reader, part);
		else
			reader_error(reader, part->line, part->column,
				     "patch cannot set %s; it takes metadata and spec of a VirtualMachine",
				     reader_quote(reader, part->key));
	}
	return reader->errors == before ? pair->value : NULL;
}
