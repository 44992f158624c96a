#include "render/lab/machine_images.h"

#include "render/lab/machine_fields.h"

/* `source` has the image under `key`. */
static bool image_take(const struct yaml_node *source, const char *key, struct machine_image *found)
{
	const struct yaml_node *image = yaml_get(source, key), *checksum = yaml_get(source, "checksum");

	if (image == NULL || image->kind != YAML_STRING)
		return false;
	*found =
		(struct machine_image){ .image = image->text,
					.checksum = checksum && checksum->kind == YAML_STRING ? checksum->text : NULL,
					.line = image->line,
					.column = image->column };
	return true;
}

static bool volume_take(const struct yaml_node *volume, struct machine_image *found)
{
	return image_take(yaml_get(volume, "containerDisk"), "image", found);
}

static bool template_take(const struct yaml_node *template, struct machine_image *found)
{
	const struct yaml_node *source = yaml_get(yaml_get(template, "spec"), "source");

	return image_take(yaml_get(source, "http"), "url", found) ||
	       image_take(yaml_get(source, "registry"), "url", found);
}

bool machine_image_find(const struct lab_machine *machine, size_t index, struct machine_image *found)
{
	const struct yaml_node *lists[] = { yaml_get(machine->spec, "dataVolumeTemplates"),
					    yaml_get(machine_template_spec(machine), "volumes") };
	bool (*const take[])(const struct yaml_node *item, struct machine_image *found) = { template_take,
											    volume_take };

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		for (size_t j = 0; lists[i] && lists[i]->kind == YAML_SEQUENCE && j < lists[i]->count; j++)
			if (take[i](lists[i]->items[j], found) && index-- == 0)
				return true;
	return false;
}
