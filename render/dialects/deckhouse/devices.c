#include "render/dialects/deckhouse/devices.h"

#include "base/text.h"
#include "render/dialects/deckhouse/disks.h"
#include "render/dialects/deckhouse/images.h"
#include "render/dialects/deckhouse/users.h"
#include "render/lab/names.h"

enum { VOLUME_NAME_MAX = 52 }; /* a container disk's is part of a container's: "volumeNAME-init" */

/* Two guests that write to one disk destroy what is on it. False after it told that another VM has it. */
static bool is_free(struct translation *translation, const struct machine *machine, const struct device *device)
{
	const struct fact *user =
		device_user_before(translation, device->kind, device->name, machine->document->name);

	if (user == NULL)
		return true;
	reader_refuse(translation->reader, device->at,
		      DECKHOUSE_DISK " \"%s\" is that of " DECKHOUSE_MACHINE " \"%s\" already; give each VM its own",
		      device->name, user->name);
	return false;
}

/* A claim with a copy of an image that no document in the namespace keeps: each VM has its own. */
static const char *copy_add(struct translation *translation, const struct machine *machine, const char *volume,
			    const struct image_content *content, const struct yaml_node *at)
{
	struct arena *arena = translation->reader->arena;
	const char *claim = deckhouse_name(arena, "", arena_format(arena, "%s-%s", machine->document->name, volume),
					   NAME_LENGTH_MAX);
	struct yaml_node *disk = translation_add_disk(translation, claim, at);

	image_fill_disk(translation, disk, content, claim, at);
	if (content->image || content->size)
		tree_set(arena, disk, "size",
			 tree_text(arena, at, content->size ? content->size : IMAGE_SIZE_DEFAULT));
	return claim;
}

/* Where the image is a claim of the namespace: kept there by its own document. */
static const char *image_claim(struct translation *translation, const struct machine *machine,
			       const struct device *device, const char *volume, const struct image_content *content)
{
	bool has_document =
		text_equal(device->kind, DECKHOUSE_IMAGE) &&
		facts_find(translation->facts, DECKHOUSE, DECKHOUSE_IMAGE, translation->namespace_name, device->name);

	if (has_document)
		return image_claim_name(translation->reader->arena, device->name);
	if (text_equal(device->kind, DECKHOUSE_CLUSTER_IMAGE))
		reader_warn(translation->reader, device->at->line, device->at->column,
			    "KubeVirt has no images of the cluster, so VM \"%s\" gets a copy of ClusterVirtualImage "
			    "\"%s\" of its own; %s",
			    machine->document->name, device->name,
			    image_is_container(content) ? "in blockDeviceRefs, the container image would be shared"
							: "a container image would be shared");
	return copy_add(translation, machine, volume, content, device->at);
}

static void ephemeral_set(struct translation *translation, struct yaml_node *disk,
			  const struct image_content *content, const struct yaml_node *at)
{
	struct arena *arena = translation->reader->arena;

	tree_set(arena, disk, "image", tree_text(arena, at, content->image));
	tree_set(arena, disk, "ephemeral", tree_boolean(arena, at, true));
	if (content->pull_secret)
		tree_set(arena, disk, "imageSecret", tree_text(arena, at, content->pull_secret));
	if (content->ca_bundle || content->certificates)
		reader_warn(
			translation->reader, at->line, at->column,
			"the image is pulled by the worker, to which its caBundle means nothing; make the registry's "
			"authority known to the workers");
}

/* False after it told that the guest could not have it. */
static bool bus_takes(struct translation *translation, const struct machine *machine, const struct device *device)
{
	if (device->presence == DEVICE_ATTACHED || machine_is_paravirtualized(machine->spec))
		return true;
	reader_refuse(translation->reader, device->at,
		      "%s \"%s\" can only be read, which KubeVirt cannot do on SATA; make a " DECKHOUSE_DISK
		      " of it, or remove \"enableParavirtualization: false\"",
		      device->kind, device->name);
	return false;
}

static bool image_set(struct translation *translation, const struct machine *machine, const struct device *device,
		      struct yaml_node *disk)
{
	struct arena *arena = translation->reader->arena;
	const char *volume = yaml_get(disk, "name")->text;
	struct image_content content;

	if (!image_find(translation, device->kind, device->at, device->name, &content))
		return false;
	if (image_is_container(&content) && (device->presence == DEVICE_FIXED || content.is_iso)) {
		ephemeral_set(translation, disk, &content, device->at);
	} else {
		if (!content.is_iso && !bus_takes(translation, machine, device))
			return false;
		tree_set(arena, disk, "pvc",
			 tree_text(arena, device->at, image_claim(translation, machine, device, volume, &content)));
		tree_set(arena, disk, "readOnly", tree_boolean(arena, device->at, true));
	}
	if (content.is_iso)
		tree_set(arena, disk, "type", tree_text(arena, device->at, "cdrom"));
	return true;
}

static const char *volume_name(struct arena *arena, const struct device *device)
{
	if (text_equal(device->kind, DECKHOUSE_DISK))
		return disk_claim_name(arena, device->name);
	return deckhouse_name(arena, text_equal(device->kind, DECKHOUSE_IMAGE) ? "vi-" : "cvi-", device->name,
			      VOLUME_NAME_MAX);
}

/* A CD-ROM hangs on SATA without being told, and a drive cannot come to a running VM. */
static void bus_set(struct arena *arena, const struct machine *machine, const struct device *device,
		    struct yaml_node *disk)
{
	bool attached = device->presence == DEVICE_ATTACHED;

	if (yaml_get(disk, "type"))
		return;
	tree_set(arena, disk, "bus",
		 tree_text(arena, device->at,
			   attached || machine_is_paravirtualized(machine->spec) ? "scsi" : "sata"));
	if (attached)
		tree_set(arena, disk, "hotpluggable", tree_boolean(arena, device->at, true));
}

struct yaml_node *device_build(struct translation *translation, const struct machine *machine,
			       const struct device *device)
{
	struct arena *arena = translation->reader->arena;
	struct yaml_node *disk = tree_mapping(arena, device->at);
	const char *claim;

	tree_set(arena, disk, "name", tree_text(arena, device->at, volume_name(arena, device)));
	if (text_equal(device->kind, DECKHOUSE_DISK)) {
		claim = disk_find_claim(translation, device->at, device->name);
		if (claim == NULL || !is_free(translation, machine, device))
			return NULL;
		tree_set(arena, disk, "pvc", tree_text(arena, device->at, claim));
	} else if (!image_set(translation, machine, device, disk)) {
		return NULL;
	}
	bus_set(arena, machine, device, disk);
	if (device->boot_order)
		tree_set(arena, disk, "bootOrder", tree_integer(arena, device->boot_order_at, device->boot_order));
	return disk;
}
