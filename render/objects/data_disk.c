#include "render/objects/data_disk.h"

#include "base/json.h"
#include "render/admission/admission.h"
#include "render/lab/data_disks.h"
#include "render/objects/disk.h"
#include "render/objects/foreign.h"
#include "render/objects/given.h"

static json_t *clone_source_build(const struct lab *lab, const struct lab_clone_source *from)
{
	return json_pack("{s:{s:s, s:s}}", from->claim ? "pvc" : "snapshot", "name",
			 from->claim ? from->claim : from->snapshot, "namespace",
			 from->namespace_name ? from->namespace_name : lab->namespace_name);
}

/* In place of an image, or of nothing. */
static void source_replace(const struct lab *lab, const struct lab_data_disk *disk, json_t *spec)
{
	const struct lab_clone_source *from = disk->from;

	if (from && from->data_source) {
		json_object_del(spec, "source");
		json_object_set_new(spec, "sourceRef",
				    json_pack("{s:s, s:s, s:s*}", "kind", "DataSource", "name", from->data_source,
					      "namespace", from->namespace_name));
	} else if (from) {
		json_object_set_new(spec, "source", clone_source_build(lab, from));
	} else if (given_is_true(disk->upload)) {
		json_object_set_new(spec, "source", json_pack("{s:{}}", "upload"));
	}
}

json_t *data_disk_build(const struct lab *lab, const struct lab_data_disk *disk)
{
	const struct disk_content content = {
		.image = disk->image,
		.checksum = disk->checksum,
		.certificates = disk->certificates,
		.secret = disk->image_secret,
		.size = disk->size,
		.storage_class = disk->storage_class ? disk->storage_class : lab->storage_class,
		.access_mode = disk->access_mode,
		.volume_mode = disk->volume_mode,
		.policy = disk->disk_policy,
	};
	json_t *volume = disk_data_volume_build(lab, disk->name, disk->object_name, &content);

	source_replace(lab, disk, json_object_get(volume, "spec"));
	foreign_metadata_add(disk->labels, disk->annotations, json_object_get(volume, "metadata"));
	return volume;
}

bool data_disk_check(const struct lab_data_disk *disk, const json_t *object, struct diagnostics *diagnostics)
{
	cleanup(admission_findings) struct admission_findings findings = ADMISSION_FINDINGS_INIT;

	admission_check(object, &findings);
	for (size_t i = 0; i < findings.count; i++) {
		const struct admission_finding *finding = &findings.items[i];
		const struct place *place = data_disk_path_place(disk, finding->path);

		diagnostics_add(diagnostics, finding->severity, place->path, place->line, place->column,
				"disk \"%s\": %s: %s", disk->name, finding->path, finding->message);
	}
	return findings.errors == 0;
}
