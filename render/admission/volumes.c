#include "render/admission/rules.h"
#include "render/admission/words.h"

#include "base/json.h"
#include "base/text.h"

#include <string.h>

static const char *const sources[] = { "persistentVolumeClaim",
				       "sysprep",
				       "cloudInitNoCloud",
				       "cloudInitConfigDrive",
				       "containerDisk",
				       "ephemeral",
				       "emptyDisk",
				       "hostDisk",
				       "dataVolume",
				       "configMap",
				       "secret",
				       "downwardAPI",
				       "serviceAccount",
				       "downwardMetrics",
				       "memoryDump",
				       "containerPath",
				       NULL };

/* A51 */
static void name(const struct place *volume, json_t *seen)
{
	const char *text = place_text(volume, "name");

	if (!place_is_given(volume))
		return;
	if (text == NULL) {
		refuse_at(volume, "name", "a volume needs a name; give one");
		return;
	}
	if (!text_is_dns_label(text))
		refuse_at(volume, "name",
			  "\"%.80s\" cannot be a volume's name; use at most 63 lower-case letters, digits and dashes",
			  text);
	if (json_object_get(seen, text))
		refuse_at(volume, "name", "two volumes are named %.63s; rename one", text);
	json_object_set_new(seen, text, json_true());
}

/* A52 */
static void one_source(const struct place *volume)
{
	size_t count = place_count_given(volume, sources, NULL);

	if (!place_is_given(volume))
		return;
	if (count == 0)
		refuse(volume, "a volume needs a source; give one, such as dataVolume or containerDisk");
	else if (count > 1)
		refuse(volume, "a volume has one source, this has %zu; keep one", count);
}

/* A53, and what the CRD itself asks for */
static void source_has_name(const struct place *volume)
{
	static const struct {
		const char *source, *key;
	} rows[] = {
		{ "dataVolume", "name" },      { "persistentVolumeClaim", "claimName" },
		{ "configMap", "name" },       { "secret", "secretName" },
		{ "containerDisk", "image" },  { "serviceAccount", "serviceAccountName" },
		{ "memoryDump", "claimName" }, { "emptyDisk", "capacity" },
		{ "containerPath", "path" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct place source = place_object(volume, rows[i].source);

		if (place_is_given(&source) && !place_has(&source, rows[i].key))
			refuse_at(&source, rows[i].key, "%s needs %s; give it", rows[i].source, rows[i].key);
	}
}

/* "/a/b", neither "/" nor with "." or ".." or two slashes in it */
static bool is_plain_path(const char *path)
{
	const char *part;
	size_t length = strlen(path);

	if (path[0] != '/')
		return false;
	for (part = path + 1; *part; part += length + (part[length] == '/')) {
		length = strcspn(part, "/");
		if (length == 0 || (length <= 2 && strspn(part, ".") >= length))
			return false;
	}
	return true;
}

void refuse_odd_path(const struct place *parent, const char *key)
{
	const char *path = place_text(parent, key);

	if (path && strcmp(path, "/") == 0)
		refuse_at(parent, key, "the path is the root of the image; give the path of a file");
	else if (path && !is_plain_path(path))
		refuse_at(parent, key,
			  "\"%.100s\" is no absolute path of a file; begin it with / and leave out . and ..", path);
}

/* A50 */
static void container_path(const struct place *volume)
{
	static const char *const reserved[] = { "/var/run/kubevirt", "/var/run/libvirt" };
	struct place source = place_object(volume, "containerPath");
	const char *path = place_text(&source, "path");

	if (place_is_given(&source))
		refuse_without_gate(&source, "a containerPath volume", "ContainerPathVolumes");
	for (size_t i = 0; path && i < sizeof(reserved) / sizeof(reserved[0]); i++) {
		if (text_starts_with(path, reserved[i]))
			refuse_at(&source, "path", "%s is KubeVirt's own; use another path", reserved[i]);
	}
}

/* A60 */
static void host_disk(const struct place *volume)
{
	static const char *const types[] = { "Disk", "DiskOrCreate", NULL };
	struct place disk = place_object(volume, "hostDisk");
	const char *type = place_text(&disk, "type");

	if (!place_is_given(&disk))
		return;
	refuse_without_gate(&disk, "a hostDisk volume", "HostDisk");
	if (!place_has(&disk, "path"))
		refuse_at(&disk, "path", "hostDisk needs path; give it");
	if (type == NULL)
		refuse_at(&disk, "type", "hostDisk needs type; use Disk or DiskOrCreate");
	refuse_other_words(&disk, "type", types, WORDS_EMPTY_IS_UNSET);
	if (type && strcmp(type, "Disk") == 0 && place_has(&disk, "capacity"))
		refuse_at(&disk, "capacity", "a disk that is there has its size; drop capacity, or use DiskOrCreate");
}

/* A62 */
static void sysprep(const struct place *volume)
{
	static const char *const kinds[] = { "secret", "configMap", NULL };
	struct place source = place_object(volume, "sysprep");

	if (place_is_given(&source) && place_count_given(&source, kinds, NULL) != 1)
		refuse(&source, "sysprep has exactly one source; give secret or configMap");
}

/* A59 */
static void at_most_one(const struct machine_view *machine)
{
	static const char *const kinds[] = { "serviceAccount", "downwardMetrics", "memoryDump" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		size_t count = 0;

		for (size_t j = 0; j < place_count(&machine->volumes); j++) {
			struct place volume = place_item(&machine->volumes, j);

			if (place_has(&volume, kinds[i]) && ++count == 2)
				refuse_at(&volume, kinds[i], "a machine has at most one %s volume; drop this one",
					  kinds[i]);
		}
	}
}

/* A58: KubeVirt makes the first into a disk and forgets the others. */
static void one_cloud_init(const struct machine_view *machine)
{
	static const char *const kinds[] = { "cloudInitNoCloud", "cloudInitConfigDrive", NULL };
	size_t count = 0;

	for (size_t i = 0; i < place_count(&machine->volumes); i++) {
		struct place volume = place_item_any(&machine->volumes, i);

		if (place_count_given(&volume, kinds, NULL) > 0 && ++count == 2)
			warn(&volume, "only the first cloud-init volume of a machine reaches the guest; drop one");
	}
}

/* A63 */
static void utility_volumes(const struct machine_view *machine)
{
	struct place list = place_list(&machine->instance, "utilityVolumes");

	if (json_array_size(list.value) > 0)
		refuse(&list, "a machine cannot be made with utility volumes; drop them");
}

/* A50, A64 */
static void filesystems(const struct machine_view *machine)
{
	for (size_t i = 0; i < place_count(&machine->filesystems); i++) {
		struct place filesystem = place_item(&machine->filesystems, i);
		const char *text = place_text(&filesystem, "name");
		struct place volume = machine_view_volume(machine, text);

		if (text && !place_is_given(&volume))
			refuse_at(&filesystem, "name", "no volume is named %.63s; add one under volumes", text);
		if (place_has(&volume, "persistentVolumeClaim") || place_has(&volume, "dataVolume"))
			refuse_without_gate(&filesystem, "virtiofs on a claim", "EnableVirtioFsStorageVolumes");
	}
}

static bool has_filesystem(const struct machine_view *machine, const char *volume)
{
	for (size_t i = 0; i < place_count(&machine->filesystems); i++) {
		if (text_equal(json_text_at(json_array_get(machine->filesystems.value, i), "name", NULL), volume))
			return true;
	}
	return false;
}

/* A50; for other volumes KubeVirt adds the disk that is missing (A36). */
static void container_path_is_shown(const struct machine_view *machine, const struct place *volume)
{
	const char *text = place_text(volume, "name");

	if (text && place_has(volume, "containerPath") && !has_filesystem(machine, text))
		refuse_at(
			volume, "containerPath",
			"a containerPath volume needs a file system of its name; list it under devices.filesystems");
}

void rules_volumes(const struct machine_view *machine)
{
	cleanup(json) json_t *seen = json_object();

	for (size_t i = 0; i < place_count(&machine->volumes); i++) {
		struct place volume = place_item(&machine->volumes, i);
		struct place image = place_object(&volume, "containerDisk");

		name(&volume, seen);
		one_source(&volume);
		source_has_name(&volume);
		refuse_odd_path(&image, "path"); /* A54 */
		container_path(&volume);
		container_path_is_shown(machine, &volume);
		host_disk(&volume);
		sysprep(&volume);
		rules_cloud_init(&volume);
		if (place_has(&volume, "downwardMetrics"))
			refuse_without_gate(&volume, "a downwardMetrics volume", "DownwardMetrics"); /* A91 */
	}
	at_most_one(machine);
	one_cloud_init(machine);
	utility_volumes(machine);
	filesystems(machine);
}
