/* What Mappings say of a name. */
#include "render/dialects/mapping_parts.h"

#include <stdlib.h>
#include <string.h>

#define OFFSET(member) offsetof(struct mapping, member)

static const void *value_at(const struct mapping *mapping, size_t offset)
{
	return *(const void *const *)(const void *)((const char *)mapping + offset);
}

const void *mapping_value(const struct mapping *mapping, size_t offset)
{
	const void *value = NULL;

	for (; mapping && value == NULL; mapping = mapping->below)
		value = value_at(mapping, offset);
	return value;
}

static const struct {
	const char *what;
	size_t offset; /* of the map as it was read */
} parts[MAPPING_PARTS] = {
	[PART_IMAGES] = { "image", OFFSET(images) },
	[PART_CLASSES] = { "class", OFFSET(classes) },
	[PART_VOLUME_SETS] = { "volume set", OFFSET(volume_sets) },
	[PART_STORAGE_CLASSES] = { "storage class", OFFSET(storage_classes) },
	[PART_NETWORKS] = { "network", OFFSET(networks) },
	[PART_GUESTS] = { "guest", OFFSET(guests) },
	[PART_REGISTRIES] = { "registry", OFFSET(registries) },
};

static int named_compare(const void *left, const void *right)
{
	const struct named *a = left, *b = right;

	return strcmp(a->name, b->name);
}

static void part_index(struct arena *arena, struct mapping *mapping, enum mapping_part part)
{
	const struct value_map *map = value_at(mapping, parts[part].offset);
	struct named *items;

	if (map == NULL || map->count == 0)
		return;
	items = arena_new(arena, map->count * sizeof(*items));
	for (size_t i = 0; i < map->count; i++)
		items[i] = (struct named){ map->keys[i], map->values[i], &map->places[i] };
	qsort(items, map->count, sizeof(*items), named_compare);
	mapping->parts[part].items = items;
	mapping->parts[part].count = map->count;
}

const void *mapping_find(const struct mapping *mapping, enum mapping_part part, const char *name)
{
	const struct named wanted = { .name = name }, *found = NULL;

	for (; mapping && found == NULL; mapping = mapping->below)
		if (mapping->parts[part].count)
			found = bsearch(&wanted, mapping->parts[part].items, mapping->parts[part].count,
					sizeof(*found), named_compare);
	return found ? found->value : NULL;
}

/* Two Mappings that say something of one name would hold by the order of their files. */
static void twice_check(struct reader *reader, const struct mapping *mapping, enum mapping_part part)
{
	for (size_t i = 0; mapping->below && i < mapping->parts[part].count; i++) {
		const struct named *named = &mapping->parts[part].items[i];

		if (mapping_find(mapping->below, part, named->name))
			reader_error_at(reader, named->place, "%s %s is in another Mapping already; keep one",
					parts[part].what, reader_quote(reader, named->name));
	}
}

/* The same of what there is once in all Mappings. */
static void once_check(struct reader *reader, const struct mapping *mapping, const struct yaml_node *spec)
{
	static const struct {
		const char *name;
		size_t offset;
	} values[] = { { "mhzPerCore", OFFSET(mhz_per_core) },
		       { "organization", OFFSET(organization) },
		       { "podAddresses", OFFSET(pod_addresses) } };

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (value_at(mapping, values[i].offset) && mapping_value(mapping->below, values[i].offset))
			reader_refuse(reader, yaml_get(spec, values[i].name),
				      "%s is in another Mapping already; keep one", values[i].name);
}

void mapping_settle(struct reader *reader, struct mapping *mapping, const struct yaml_node *spec)
{
	for (enum mapping_part part = 0; part < MAPPING_PARTS; part++) {
		part_index(reader->arena, mapping, part);
		twice_check(reader, mapping, part);
	}
	once_check(reader, mapping, spec);
}

const struct mapped_image *mapping_image(const struct facts *facts, const char *name)
{
	return mapping_find(facts->mapping, PART_IMAGES, name);
}

const struct mapped_class *mapping_class(const struct facts *facts, const char *name)
{
	return mapping_find(facts->mapping, PART_CLASSES, name);
}

const struct mapped_volume *mapping_volume(const struct facts *facts, const char *name)
{
	return mapping_find(facts->mapping, PART_VOLUME_SETS, name);
}

const char *mapping_storage_class(const struct facts *facts, const char *name)
{
	return mapping_find(facts->mapping, PART_STORAGE_CLASSES, name);
}

const char *mapping_network(const struct facts *facts, const char *name)
{
	return mapping_find(facts->mapping, PART_NETWORKS, name);
}

const char *mapping_preference(const struct facts *facts, const char *guest)
{
	return mapping_find(facts->mapping, PART_GUESTS, guest);
}

const char *mapping_registry(const struct facts *facts, const char *prefix)
{
	return mapping_find(facts->mapping, PART_REGISTRIES, prefix);
}

const char *mapping_organization(const struct facts *facts)
{
	return mapping_value(facts->mapping, OFFSET(organization));
}

int64_t mapping_mhz_per_core(const struct facts *facts)
{
	const int64_t *mhz = mapping_value(facts->mapping, OFFSET(mhz_per_core));

	return mhz ? *mhz : 0;
}
