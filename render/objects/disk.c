#include "render/objects/disk.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/objects/identity.h"
#include "render/objects/naming.h"

/* The container disk's reference keeps its docker:// scheme: CDI refuses one without. */
static json_t *source_build(const char *image)
{
	const char *kind = text_starts_with(image, "docker://") ? "registry" : "http";

	return json_pack("{s:{s:s}}", kind, "url", image);
}

json_t *disk_vm_build(const struct lab *lab, const struct lab_node *node)
{
	json_t *metadata = metadata_build(lab, node->object_name, node->name);

	/* The import begins at once, also on a storage class that binds only when a pod comes: a disk
	 * that waited for its VM would hold back the VM that waits for its disk. */
	json_object_set_new(json_object_get(metadata, "annotations"),
			    "cdi.kubevirt.io/storage.bind.immediate.requested", json_string("true"));
	/* `storage`, not `pvc`: the storage profile then knows the access and volume mode of the class,
	 * and CDI adds what a filesystem takes for itself. */
	return json_pack("{s:s, s:s, s:o, s:{s:o, s:{s:{s:{s:s}}, s:s*}}}", "apiVersion", "cdi.kubevirt.io/v1beta1",
			 "kind", "DataVolume", "metadata", metadata, "spec", "source", source_build(node->vm.image),
			 "storage", "resources", "requests", "storage", node->vm.disk_size, "storageClassName",
			 lab->storage_class);
}

json_t *disk_pod_build(const struct lab *lab, const struct lab_node *node)
{
	cleanup(free) char *name = disk_pod_name_new(node);

	return json_pack("{s:s, s:s, s:o, s:{s:[s], s:{s:{s:s}}, s:s*}}", "apiVersion", "v1", "kind",
			 "PersistentVolumeClaim", "metadata", metadata_build(lab, name, node->name), "spec",
			 "accessModes", "ReadWriteOnce", "resources", "requests", "storage", node->pod.disk_size,
			 "storageClassName", lab->storage_class);
}

char *disk_pod_name_new(const struct lab_node *node)
{
	return name_join_new(node->object_name, "root");
}
