/* The tables of VirtualImage and ClusterVirtualImage. */
#include "render/dialects/deckhouse/images.h"
#include "render/dialects/deckhouse/sources.h"
#include "render/lab/names.h"
#include "render/lab/values.h"

static const char *const storages[] = { "ContainerRegistry", "PersistentVolumeClaim", "Kubernetes", NULL };
static const struct value_type storage_type = { .name = "text", .shape = VALUE_TEXT, .allowed = storages };

static const struct field claim_fields[] = {
	{ "storageClassName", storage_class_read, offsetof(struct image_claim, storage_class), &subdomain_type,
	  "The StorageClass of the claim, or what storageClasses of a Mapping make of the name. Without it, the "
	  "cluster's default.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type claim_type = {
	.name = "DeckhouseImageClaim",
	.shape = VALUE_OBJECT,
	.fields = claim_fields,
	.size = sizeof(struct image_claim),
};

#define OFFSET(member) offsetof(struct image_spec, member)

static const struct field image_fields[] = {
	{ "dataSource", image_source_read, OFFSET(source), &image_source_type,
	  "Where the image comes from. An ISO image is known by a name that ends with .iso, or by the annotation "
	  "labsync.dev/format: iso.",
	  .presence = FIELD_REQUIRED },
	{ "persistentVolumeClaim", NULL, OFFSET(claim), &claim_type,
	  "The claim that the image is kept in, if it is. It is as large as the annotation labsync.dev/size says, "
	  "without it " IMAGE_SIZE_DEFAULT ".",
	  .fallback = NULL },
	{ "storage", NULL, OFFSET(storage), &storage_type,
	  "Whether the image is kept in the cluster: with PersistentVolumeClaim (Kubernetes is its older name) in a "
	  "claim, of which disks are cloned. With ContainerRegistry, disks are copied from where the image comes; a "
	  "claim is made only for VMs that have an image of HTTP as a device of theirs.",
	  .fallback = "ContainerRegistry" },
	{ .name = NULL },
};

static const struct field cluster_image_fields[] = {
	{ "dataSource", cluster_image_source_read, OFFSET(source), &cluster_image_source_type,
	  "Where the image comes from. An ISO image is known by a name that ends with .iso, or by the annotation "
	  "labsync.dev/format: iso.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

const struct value_type image_spec_type = {
	.name = "DeckhouseVirtualImage",
	.shape = VALUE_OBJECT,
	.fields = image_fields,
	.size = sizeof(struct image_spec),
};
const struct value_type cluster_image_spec_type = {
	.name = "DeckhouseClusterVirtualImage",
	.shape = VALUE_OBJECT,
	.fields = cluster_image_fields,
	.size = sizeof(struct image_spec),
};
