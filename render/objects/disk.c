#include "render/objects/disk.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/lab/object_names.h"
#include "render/lab/vm_disks.h"
#include "render/objects/given.h"
#include "render/objects/identity.h"

/* The container disk's reference keeps its docker:// scheme: CDI refuses one
 * without. Registries have no checksum, since their images are named by one. */
static json_t *source_build(const struct disk_content *content)
{
	json_t *image;

	if (content->image == NULL)
		return json_pack("{s:{}}", "blank");
	image = json_pack("{s:s, s:s*, s:s*}", "url", content->image, "certConfigMap", content->certificates,
			  "secretRef", content->secret);
	if (text_starts_with(content->image, "docker://"))
		return json_pack("{s:o}", "registry", image);
	json_set_text(image, "checksum", content->checksum);
	return json_pack("{s:o}", "http", image);
}

/* Retain is what the engine does without being told. */
static void policy_annotate(json_t *metadata, const char *policy)
{
	if (text_equal(policy, "Delete"))
		metadata_annotate(metadata, ANNOTATION_DISK_POLICY, policy);
}

static json_t *storage_build(const struct disk_content *content)
{
	json_t *storage = json_pack("{s:s*, s:s*}", "storageClassName", content->storage_class, "volumeMode",
				    content->volume_mode);

	if (content->size)
		json_object_set_new(storage, "resources",
				    json_pack("{s:{s:s}}", "requests", "storage", content->size));
	if (content->access_mode)
		json_object_set_new(storage, "accessModes", json_pack("[s]", content->access_mode));
	return storage;
}

json_t *disk_data_volume_build(const struct lab *lab, const char *node, const char *name,
			       const struct disk_content *content)
{
	json_t *metadata = metadata_build(lab, name, node);

	/* The import begins at once, also on a storage class that binds only when a pod comes: a disk
	 * that waited for its VM would hold back the VM that waits for its disk. */
	metadata_annotate(metadata, "cdi.kubevirt.io/storage.bind.immediate.requested", "true");
	policy_annotate(metadata, content->policy);
	/* `storage`, not `pvc`: the storage profile then knows the access and volume mode of the class,
	 * and CDI adds what a filesystem takes for itself. */
	return json_pack("{s:s, s:s, s:o, s:{s:o, s:o}}", "apiVersion", "cdi.kubevirt.io/v1beta1", "kind",
			 "DataVolume", "metadata", metadata, "spec", "source", source_build(content), "storage",
			 storage_build(content));
}

static const char *first(const char *own, const char *fallback)
{
	return own ? own : fallback;
}

json_t *disk_vm_build(const struct lab *lab, const struct lab_node *node)
{
	const struct lab_vm *vm = node->vm;
	const struct disk_content content = {
		.image = vm->image,
		.checksum = vm->checksum,
		.certificates = vm->certificates,
		.secret = vm->image_secret,
		.size = vm->disk_size,
		.storage_class = first(vm->storage_class, lab->storage_class),
		.access_mode = vm->access_mode,
		.volume_mode = vm->volume_mode,
		.policy = vm->disk_policy,
	};

	if (!vm_has_root_disk(vm))
		return NULL;
	return disk_data_volume_build(lab, node->name, node->object_name, &content);
}

json_t *disk_further_build(const struct lab *lab, const struct lab_node *node, const struct lab_disk *disk)
{
	const struct lab_vm *vm = node->vm;
	const struct disk_content content = {
		.image = disk->image,
		.checksum = disk->checksum,
		.certificates = disk->certificates,
		.secret = disk->image_secret,
		.size = disk->size,
		.storage_class = first(disk->storage_class, first(vm->storage_class, lab->storage_class)),
		.access_mode = first(disk->access_mode, vm->access_mode),
		.volume_mode = first(disk->volume_mode, vm->volume_mode),
		.policy = first(disk->disk_policy, vm->disk_policy),
	};
	cleanup(free) char *name = NULL;

	if (!disk_is_made(disk))
		return NULL;
	name = name_disk_new(node, disk);
	return disk_data_volume_build(lab, node->name, name, &content);
}

json_t *disk_pod_build(const struct lab *lab, const struct lab_node *node)
{
	const struct lab_pod *pod = node->pod;
	cleanup(free) char *name = name_pod_disk_new(node);
	json_t *metadata = metadata_build(lab, name, node->name);

	policy_annotate(metadata, pod->disk_policy);
	return json_pack("{s:s, s:s, s:o, s:{s:[s], s:{s:{s:s}}, s:s*}}", "apiVersion", "v1", "kind",
			 "PersistentVolumeClaim", "metadata", metadata, "spec", "accessModes",
			 first(pod->access_mode, "ReadWriteOnce"), "resources", "requests", "storage", pod->disk_size,
			 "storageClassName", first(pod->storage_class, lab->storage_class));
}
