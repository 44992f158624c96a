/* spec.containers[].volumes: further disks, and Secrets as disks. */
#include <string.h>

#include "base/text.h"
#include "render/dialects/controlplane/build.h"
#include "render/dialects/controlplane/values.h"

enum { VOLUME_LABEL_MOST = 32 }; /* of an ISO 9660 volume */

static bool is_secret(const struct workload_volume *volume)
{
	return text_starts_with(volume->uri, SECRET_PREFIX);
}

/* A Secret on a bus that CD-ROM drives have is one. */
static bool is_cdrom(const struct workload_volume *volume)
{
	if (volume->cdrom)
		return *volume->cdrom;
	return is_secret(volume) && volume->bus && !text_equal(volume->bus, "virtio");
}

/* The boot disk is the first one unless it says otherwise. */
static void order_check(const struct workload_build *build, const struct workload_volume *volume)
{
	const struct guest_boot_disk *boot = build->guest->boot_disk;
	int64_t first = boot->boot_order ? *boot->boot_order : 1;

	if (volume->boot_order && *volume->boot_order == first)
		reader_error_at(
			build->reader,
			object_place(&workload_volume_type, volume, offsetof(struct workload_volume, boot_order)),
			"bootOrder %d of volume \"%s\" is the boot disk's; set another one here or in bootDisk",
			(int)first, volume->name);
}

static bool volume_check(const struct workload_build *build, const struct workload_volume *volume)
{
	const struct place *uri = object_place(&workload_volume_type, volume, offsetof(struct workload_volume, uri));
	size_t before = build->reader->errors;

	if (is_cdrom(volume) && text_equal(volume->bus, "virtio"))
		reader_error_at(
			build->reader,
			object_place(&workload_volume_type, volume, offsetof(struct workload_volume, bus)),
			"volume \"%s\" is a cdrom, which KubeVirt refuses on virtio; use sata or scsi, or remove "
			"bus",
			volume->name);
	if (is_cdrom(volume) && !is_secret(volume))
		reader_error_at(
			build->reader, uri,
			"volume \"%s\" is a cdrom, which shows what is on it and a volume set begins blank; use "
			"cpln://secret/NAME, or remove cdrom",
			volume->name);
	if (volume->recovery_policy && is_secret(volume))
		reader_error_at(build->reader,
				object_place(&workload_volume_type, volume,
					     offsetof(struct workload_volume, recovery_policy)),
				"recoveryPolicy is of volume sets, and volume \"%s\" is a secret; remove it",
				volume->name);
	if (!is_secret(volume) &&
	    text_equal(volume->uri + strlen(VOLUME_SET_PREFIX), build->guest->boot_disk->persist->volume_set))
		reader_error_at(build->reader, uri,
				"volume set \"%s\" has the boot disk already; use another one for volume \"%s\"",
				volume->uri + strlen(VOLUME_SET_PREFIX), volume->name);
	order_check(build, volume);
	return build->reader->errors == before;
}

/* One volume set gives each replica one disk. */
static void unique_check(const struct workload_build *build, const struct value_list *volumes, size_t index)
{
	const struct workload_volume *volume = volumes->items[index];

	for (size_t i = 0; i < index && !is_secret(volume); i++) {
		const struct workload_volume *other = volumes->items[i];

		if (text_equal(other->uri, volume->uri))
			reader_error_at(
				build->reader,
				object_place(&workload_volume_type, volume, offsetof(struct workload_volume, uri)),
				"volume set \"%s\" is volume \"%s\" already; use another one",
				volume->uri + strlen(VOLUME_SET_PREFIX), other->name);
	}
}

static void secret_give(const struct workload_build *build, const struct workload_volume *volume,
			struct yaml_node *disk)
{
	const struct yaml_node *at = given_place(build, GIVEN(workload_volume_type, volume, uri));

	tree_set(build->arena, disk, "secret", tree_text(build->arena, at, volume->uri + strlen(SECRET_PREFIX)));
	if (strlen(volume->name) <= VOLUME_LABEL_MOST)
		give_text(build, disk, "volumeLabel", GIVEN(workload_volume_type, volume, name));
}

static void volume_set_give(const struct workload_build *build, const struct workload_volume *volume,
			    struct yaml_node *disk)
{
	const struct given *uri = GIVEN(workload_volume_type, volume, uri);
	const struct yaml_node *at = given_place(build, uri);
	struct volume_plan plan;

	if (!volume_set_find(build, object_place(uri->type, uri->object, uri->offset),
			     volume->uri + strlen(VOLUME_SET_PREFIX), &plan))
		return;
	tree_set(build->arena, disk, "size", tree_text(build->arena, at, plan.size));
	if (plan.storage_class)
		tree_set(build->arena, disk, "storageClass", tree_text(build->arena, at, plan.storage_class));
	if (text_equal(volume->recovery_policy, "recycle"))
		tree_set(build->arena, disk, "diskPolicy", tree_text(build->arena, at, "Delete"));
}

static void volume_give(const struct workload_build *build, const struct workload_volume *volume,
			struct yaml_node *disk)
{
	give_text(build, disk, "name", GIVEN(workload_volume_type, volume, name));
	if (is_secret(volume))
		secret_give(build, volume, disk);
	else
		volume_set_give(build, volume, disk);
	if (is_cdrom(volume))
		tree_set(build->arena, disk, "type",
			 tree_text(build->arena, given_place(build, GIVEN(workload_volume_type, volume, cdrom)),
				   "cdrom"));
	give_text(build, disk, "bus", GIVEN(workload_volume_type, volume, bus));
	give_text(build, disk, "serial", GIVEN(workload_volume_type, volume, serial));
	give_number(build, disk, "bootOrder", GIVEN(workload_volume_type, volume, boot_order));
}

void volumes_give(struct workload_build *build)
{
	const struct value_list *volumes = build->container->volumes;
	const struct yaml_node *at;

	for (size_t i = 0; volumes && i < volumes->count; i++) {
		struct yaml_node *disk;

		if (!volume_check(build, volumes->items[i]))
			continue;
		unique_check(build, volumes, i);
		at = tree_at(build->arena, &volumes->places[i]);
		disk = tree_mapping(build->arena, at);
		volume_give(build, volumes->items[i], disk);
		tree_append(build->arena, tree_list_at(build->arena, build->vm, "disks", at), disk);
	}
}
