/* The disk of the image, volumes from claims, and CD-ROM drives. */
#include "base/text.h"
#include "render/dialects/mapping.h"
#include "render/dialects/vmoperator/image.h"
#include "render/dialects/vmoperator/machine.h"
#include "render/dialects/vmoperator/words.h"

/* A storage policy by the class that a Mapping says it is. */
static void storage_class_set(struct machine *machine, struct yaml_node *target, const char *name,
			      const struct yaml_node *at)
{
	const char *mapped = mapping_storage_class(machine->translation->facts, name);

	tree_set(machine->arena, target, "storageClass", tree_text(machine->arena, at, mapped ? mapped : name));
}

static struct yaml_node *disk_add(struct machine *machine, const char *name, const struct yaml_node *at)
{
	struct yaml_node *disk = tree_mapping(machine->arena, at);

	tree_set(machine->arena, disk, "name", tree_text(machine->arena, at, name));
	tree_append(machine->arena, tree_list_at(machine->arena, machine->vm, "disks", at), disk);
	return disk;
}

static struct yaml_node *capacity_place(const struct machine *machine)
{
	return field_place(machine->arena, &advanced_spec_type, machine->spec->advanced,
			   offsetof(struct advanced_spec, boot_disk_capacity));
}

static void root_disk_take(struct machine *machine, const char *kind, const char *name, const struct yaml_node *at)
{
	const struct advanced_spec *advanced = machine->spec->advanced;
	struct image_source source;

	if (!vsphere_image_find(machine->translation, kind, name, IMAGE_OF_DISK, at, &source))
		return;
	machine->firmware = source.firmware;
	vsphere_image_set(machine->arena, machine->vm, source.mapped, at);
	if (advanced && advanced->boot_disk_capacity)
		tree_set(machine->arena, machine->vm, "diskSize",
			 tree_text(machine->arena, capacity_place(machine), advanced->boot_disk_capacity));
	else if (source.size)
		tree_set(machine->arena, machine->vm, "diskSize", tree_text(machine->arena, at, source.size));
	else
		reader_refuse(machine->reader, at,
			      "nothing says how large the disk of image %s is; set advanced.bootDiskCapacity, or "
			      "size of the "
			      "image in the Mapping",
			      reader_quote(machine->reader, name));
	/* The disk is a part of the VM and goes with it. */
	tree_set(machine->arena, machine->vm, "diskPolicy", tree_text(machine->arena, at, "Delete"));
}

/* A VM may be installed from a CD-ROM onto a volume. */
static void no_image_take(struct machine *machine)
{
	const struct advanced_spec *advanced = machine->spec->advanced;

	if (machine->spec->cdrom == NULL) {
		reader_refuse(machine->reader, machine->document->spec, "spec has no imageName; add it");
		return;
	}
	if (advanced && advanced->boot_disk_capacity) {
		reader_refuse(machine->reader, capacity_place(machine),
			      "bootDiskCapacity is the size of the image's disk, and there is no image; remove it");
		return;
	}
	tree_set(machine->arena, machine->vm, "rootDisk",
		 tree_boolean(machine->arena, MACHINE_PLACE(machine, cdrom), false));
	tree_set(machine->arena, machine->vm, "diskPolicy",
		 tree_text(machine->arena, MACHINE_PLACE(machine, cdrom), "Delete"));
}

static void image_take(struct machine *machine)
{
	const struct machine_spec *spec = machine->spec;

	if (spec->image && spec->image_name && !text_equal(spec->image->name, spec->image_name))
		reader_refuse(machine->reader, MACHINE_PLACE(machine, image_name),
			      "imageName and image.name are of different images; keep one");
	else if (spec->image)
		root_disk_take(machine, spec->image->kind, spec->image->name, MACHINE_PLACE(machine, image));
	else if (spec->image_name)
		root_disk_take(machine, NULL, spec->image_name, MACHINE_PLACE(machine, image_name));
	else
		no_image_take(machine);
}

static bool has_root_disk(const struct machine *machine)
{
	return machine->spec->image || machine->spec->image_name;
}

/* A disk that comes and goes with the VM. */
static void instance_volume_take(struct machine *machine, const struct instance_volume *instance,
				 struct yaml_node *disk)
{
	struct arena *arena = machine->arena;

	tree_set(
		arena, disk, "size",
		tree_text(arena,
			  field_place(arena, &instance_volume_type, instance, offsetof(struct instance_volume, size)),
			  instance->size));
	storage_class_set(
		machine, disk, instance->storage_class,
		field_place(arena, &instance_volume_type, instance, offsetof(struct instance_volume, storage_class)));
}

static void claim_take(struct machine *machine, const struct claim_reference *claim, struct yaml_node *disk)
{
	struct arena *arena = machine->arena;
	const struct yaml_node *at =
		field_place(arena, &claim_reference_type, claim, offsetof(struct claim_reference, name));

	tree_set(arena, disk, "pvc", tree_text(arena, at, claim->name));
	/* A disk that is plugged in once the VM runs is none to boot from. On scsi it is named as under vSphere. */
	if (has_root_disk(machine)) {
		tree_set(arena, disk, "hotpluggable", tree_boolean(arena, at, true));
		tree_set(arena, disk, "bus", tree_text(arena, at, "scsi"));
	}
}

static void volume_take(struct machine *machine, const struct volume_spec *volume, size_t index)
{
	struct arena *arena = machine->arena;
	const struct yaml_node *at =
		field_place(arena, &volume_spec_type, volume, offsetof(struct volume_spec, name));
	const struct claim_reference *claim = volume->claim;
	struct yaml_node *disk;

	if (claim == NULL || (claim->name == NULL && claim->instance == NULL)) {
		reader_refuse(machine->reader, at,
			      "volume \"%s\" has no persistentVolumeClaim; add it with claimName", volume->name);
		return;
	}
	if (claim->name && claim->instance) {
		reader_refuse(machine->reader, at,
			      "volume \"%s\" has a claimName and an instanceVolumeClaim; keep one", volume->name);
		return;
	}
	disk = disk_add(machine, volume->name, at);
	if (claim->instance)
		instance_volume_take(machine, claim->instance, disk);
	else
		claim_take(machine, claim, disk);
	if (claim->read_only && *claim->read_only)
		tree_set(arena, disk, "readOnly",
			 tree_boolean(arena,
				      field_place(arena, &claim_reference_type, claim,
						  offsetof(struct claim_reference, read_only)),
				      true));
	if (!has_root_disk(machine))
		tree_set(arena, disk, "bootOrder", tree_integer(arena, at, (int64_t)index + 1));
}

static void medium_take(struct machine *machine, const struct cdrom_spec *drive, struct yaml_node *disk)
{
	const struct yaml_node *at =
		field_place(machine->arena, &cdrom_spec_type, drive, offsetof(struct cdrom_spec, image));
	struct image_source source;

	if (!vsphere_image_find(machine->translation, drive->image->kind, drive->image->name, IMAGE_OF_CDROM, at,
				&source))
		return;
	if (source.size == NULL) {
		reader_refuse(machine->reader, at, "nothing says how large image %s is; set its size in the Mapping",
			      reader_quote(machine->reader, drive->image->name));
		return;
	}
	vsphere_image_set(machine->arena, disk, source.mapped, at);
	tree_set(machine->arena, disk, "size", tree_text(machine->arena, at, source.size));
}

static void drive_take(struct machine *machine, const struct cdrom_spec *drive, size_t index)
{
	struct arena *arena = machine->arena;
	const struct yaml_node *at = field_place(arena, &cdrom_spec_type, drive, offsetof(struct cdrom_spec, name));
	struct yaml_node *disk = disk_add(machine, drive->name, at);

	tree_set(arena, disk, "type", tree_text(arena, at, "cdrom"));
	if (drive->connected == NULL || *drive->connected)
		medium_take(machine, drive, disk);
	if (drive->guest_control && !*drive->guest_control)
		reader_warn_at(
			machine->reader,
			object_place(&cdrom_spec_type, drive, offsetof(struct cdrom_spec, guest_control)),
			"allowGuestControl cannot be false: a guest can always open its drives here; remove it");
	if (!has_root_disk(machine))
		tree_set(arena, disk, "bootOrder", tree_integer(arena, at, (int64_t)index + 1));
}

void machine_take_disks(struct machine *machine)
{
	const struct machine_spec *spec = machine->spec;
	size_t volumes = spec->volumes ? spec->volumes->count : 0;

	storage_class_set(machine, machine->vm, spec->storage_class, MACHINE_PLACE(machine, storage_class));
	image_take(machine);
	for (size_t i = 0; i < volumes; i++)
		volume_take(machine, spec->volumes->items[i], i);
	for (size_t i = 0; spec->cdrom && i < spec->cdrom->count; i++)
		drive_take(machine, spec->cdrom->items[i], volumes + i);
}
