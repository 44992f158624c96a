/* The disk that the VM boots from. */
#include "base/text.h"
#include "render/dialects/controlplane/build.h"
#include "render/dialects/mapping.h"

#define OWN_IMAGE "//image/"
#define ORGANIZATION "/org/"
#define REGISTRY_SCHEME "docker://"

/* An image of one's own organization lies where a Mapping says. */
static const char *own_image(struct workload_build *build, const struct place *place, const char *image)
{
	const char *registry = mapping_registry(build->translation->facts, OWN_IMAGE);
	struct link link;

	if (!link_read(build, place, image, "image", &link))
		return NULL;
	if (registry == NULL) {
		reader_error_at(build->reader, place,
				"image %s is in Control Plane's own registry; say where it is now: add registries: "
				"{" OWN_IMAGE ": REGISTRY/PATH/} to a labsync.dev/v1alpha1 Mapping",
				reader_quote(build->reader, image));
		return NULL;
	}
	return arena_format(build->arena, REGISTRY_SCHEME "%s%s", registry, link.name);
}

static void oci_give(struct workload_build *build, const struct guest_oci_source *oci)
{
	const struct given *given = GIVEN(guest_oci_source_type, oci, image);
	const char *image = oci->image;

	if (text_starts_with(image, "//") || text_starts_with(image, ORGANIZATION))
		image = own_image(build, object_place(given->type, given->object, given->offset), image);
	else
		image = arena_format(build->arena, REGISTRY_SCHEME "%s", image);
	if (image)
		tree_set(build->arena, build->vm, "image", tree_text(build->arena, given_place(build, given), image));
}

static void source_give(struct workload_build *build, const struct guest_boot_source *source)
{
	if ((source->oci == NULL) == (source->http == NULL)) {
		reader_error_at(build->reader, &source->settings.place,
				"bootDisk.source has %s; give exactly one of "
				"oci.image and http.url",
				source->oci ? "both oci and http" : "neither oci nor http");
		return;
	}
	if (source->oci) {
		oci_give(build, source->oci);
		return;
	}
	give_text(build, build->vm, "image", GIVEN(guest_http_source_type, source->http, url));
	give_text(build, build->vm, "checksum", GIVEN(guest_http_source_type, source->http, checksum));
}

void boot_disk_give(struct workload_build *build)
{
	const struct guest_boot_disk *disk = build->guest->boot_disk;
	const struct given *set = GIVEN(guest_persistence_type, disk->persist, volume_set);
	const struct yaml_node *at = given_place(build, set);
	struct volume_plan plan;

	source_give(build, disk->source);
	give_text(build, build->vm, "diskBus", GIVEN(guest_boot_disk_type, disk, bus));
	give_number(build, build->vm, "diskBootOrder", GIVEN(guest_boot_disk_type, disk, boot_order));
	if (!volume_set_find(build, object_place(set->type, set->object, set->offset), disk->persist->volume_set,
			     &plan))
		return;
	tree_set(build->arena, build->vm, "diskSize", tree_text(build->arena, at, plan.size));
	if (plan.storage_class)
		tree_set(build->arena, build->vm, "storageClass", tree_text(build->arena, at, plan.storage_class));
}
