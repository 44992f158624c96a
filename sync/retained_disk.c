#include "sync/retained_disk.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"
#include "sync/identity.h"
#include "sync/inventory.h"

static void retained_disk_deinit(struct retained_disk *disk)
{
	free(disk->cluster);
	free(disk->source);
	free(disk->lab);
	free(disk->namespace_name);
	free(disk->name);
	free(disk->node);
	free(disk->size);
	free(disk->since);
	json_decref(disk->object);
}

void retained_disks_deinit(struct retained_disks *disks)
{
	for (size_t i = 0; i < disks->count; i++)
		retained_disk_deinit(&disks->items[i]);
	free(disks->items);
	*disks = (struct retained_disks){ .items = NULL };
}

/* "<cluster>/<source>/<lab>/..." to its first three parts; what they make of this very object must be the whole text. */
static bool take_owner(struct retained_disk *disk, const json_t *object)
{
	const char *owner = object_annotation(object, ANNOTATION_OWNER);
	char **const parts[] = { &disk->cluster, &disk->source, &disk->lab };
	struct identity identity;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const char *slash = owner ? strchr(owner, '/') : NULL;

		if (slash == NULL)
			return false;
		*parts[i] = string_copy_n(owner, (size_t)(slash - owner));
		owner = slash + 1;
	}
	identity = (struct identity){ .cluster = disk->cluster, .source = disk->source, .lab = disk->lab };
	return identity_owns(&identity, disk->kind, object);
}

static const char *size_of(const json_t *object)
{
	static const char *const places[] = { "storage", "pvc" };
	const char *size = json_text_at(object, "spec", "resources", "requests", "storage", NULL);

	for (size_t i = 0; size == NULL && i < sizeof(places) / sizeof(places[0]); i++)
		size = json_text_at(object, "spec", places[i], "resources", "requests", "storage", NULL);
	return size;
}

bool retained_disks_add(struct retained_disks *disks, const struct kind *kind, json_t *object, const char *cluster)
{
	const char *mark = object_annotation(object, ANNOTATION_RETAINED);
	struct retained_disk disk = { .kind = kind };
	int64_t since;

	if (mark == NULL || !kind->is_disk || !take_owner(&disk, object) ||
	    (cluster && !text_equal(cluster, disk.cluster))) {
		retained_disk_deinit(&disk);
		return false;
	}
	disk.namespace_name = string_copy(object_namespace(object));
	disk.name = string_copy(object_name(object));
	disk.node = string_copy(object_label(object, LABEL_NAME));
	disk.size = string_copy(size_of(object));
	disk.since = time_parse(mark, &since) ? string_copy(mark) : NULL;
	disk.object = json_incref(object);
	memory_grow(&disks->items, disks->count, &disks->capacity, sizeof(*disks->items));
	disks->items[disks->count++] = disk;
	return true;
}

void retained_disks_drop_listed(struct retained_disks *disks, const json_t *parent)
{
	cleanup(inventory) struct inventory *inventory = inventory_new_from_parent(
		(json_t *)parent, json_text_at(parent, "data", "cluster", NULL), object_label(parent, LABEL_SOURCE));
	size_t kept = 0;

	for (size_t i = 0; inventory && i < disks->count; i++) {
		struct retained_disk *disk = &disks->items[i];

		if (text_equal(disk->namespace_name, inventory->namespace_name) &&
		    inventory_contains(inventory, disk->kind, disk->name))
			retained_disk_deinit(disk);
		else
			disks->items[kept++] = *disk;
	}
	disks->count = inventory ? kept : disks->count;
}

static int retained_disk_compare(const void *left, const void *right)
{
	const struct retained_disk *a = left, *b = right;
	int order = strcmp(a->namespace_name, b->namespace_name);

	if (order == 0)
		order = strcmp(a->lab, b->lab);
	return order ? order : strcmp(a->name, b->name);
}

void retained_disks_sort(struct retained_disks *disks)
{
	if (disks->count)
		qsort(disks->items, disks->count, sizeof(*disks->items), retained_disk_compare);
}
