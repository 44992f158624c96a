#include "render/admission/rules.h"
#include "render/admission/words.h"

#include "base/json.h"
#include "base/text.h"

#include <string.h>

enum { LIST_MAX = 256 };

/* A33 */
static void lists_are_short(const struct machine_view *machine)
{
	const struct place *lists[] = { &machine->disks, &machine->interfaces, &machine->networks,
					&machine->volumes };

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		size_t count = json_array_size(lists[i]->value);

		if (count > LIST_MAX)
			refuse(lists[i], "%zu %s are too many; use at most %d", count, lists[i]->key, LIST_MAX);
	}
}

/* A34: a name becomes the name of a container. */
static void name(const struct place *disk, json_t *seen)
{
	const char *text = place_text(disk, "name");

	if (!place_is_given(disk))
		return;
	if (text == NULL) {
		refuse_at(disk, "name", "a disk needs the name of its volume; give name");
		return;
	}
	if (!text_is_dns_label(text))
		refuse_at(disk, "name",
			  "\"%.80s\" cannot be a disk's name; use at most 63 lower-case letters, digits and dashes",
			  text);
	if (json_object_get(seen, text))
		refuse_at(disk, "name", "two disks are named %.63s; rename one", text);
	json_object_set_new(seen, text, json_true());
}

/* A35 */
static void has_volume(const struct machine_view *machine, const struct place *disk)
{
	const char *text = place_text(disk, "name");
	struct place volume = machine_view_volume(machine, text);

	if (text == NULL || place_is_given(&volume) || place_has(disk, "cdrom"))
		return;
	refuse_at(disk, "name", "no volume is named %.63s; add one under volumes", text);
}

/* A48, A50 */
static void fits_volume(const struct machine_view *machine, const struct place *disk)
{
	struct place volume = machine_view_volume(machine, place_text(disk, "name"));
	struct place plain = place_object(disk, "disk");
	const char *bus = place_text(&plain, "bus");

	if (place_has(&volume, "containerPath"))
		refuse_at(disk, "name", "a containerPath volume cannot be a disk; list it under devices.filesystems");
	if (!place_has(&volume, "downwardMetrics"))
		return;
	if (place_has(disk, "lun") || place_has(disk, "cdrom") || !place_is_given(&plain))
		refuse_at(disk, "disk", "a downwardMetrics volume must be a plain disk; write disk: {bus: virtio}");
	else if (bus && strcmp(bus, "virtio") != 0)
		refuse_at(&plain, "bus", "a downwardMetrics volume must be on virtio; set bus to virtio");
}

/* A49 */
static void hotplugged(const struct machine_view *machine, const struct place *disk)
{
	struct place volume = machine_view_volume(machine, place_text(disk, "name"));
	struct place claim = place_object(&volume, "persistentVolumeClaim");
	struct place data_volume = place_object(&volume, "dataVolume");
	struct place plain = place_object(disk, "disk");
	struct place lun = place_object(disk, "lun");
	const char *bus = place_text(&plain, "bus"), *lun_bus = place_text(&lun, "bus");

	if (!place_is_true(&claim, "hotpluggable") && !place_is_true(&data_volume, "hotpluggable"))
		return;
	if (bus && strcmp(bus, "virtio") != 0 && strcmp(bus, "scsi") != 0)
		refuse_at(&plain, "bus", "a hotpluggable disk cannot be on %.20s; use scsi or virtio", bus);
	if (lun_bus && strcmp(lun_bus, "scsi") != 0)
		refuse_at(&lun, "bus", "a hotpluggable LUN cannot be on %.20s; use scsi", lun_bus);
}

/* A43 for disks and network cards alike; `taken` is by the number's text. */
static void boot_order(const struct place *device, json_t *taken)
{
	char key[24];
	int64_t order;
	const char *other;

	if (!place_integer(device, "bootOrder", &order))
		return;
	if (order < 1) {
		refuse_at(device, "bootOrder", "boot order %jd is too small; count from 1", (intmax_t)order);
		return;
	}
	snprintf(key, sizeof(key), "%jd", (intmax_t)order);
	other = json_string_value(json_object_get(taken, key));
	if (other)
		refuse_at(device, "bootOrder", "boot order %s is taken by %.63s; use another number", key, other);
	else
		json_object_set_new(taken, key,
				    json_string(place_text(device, "name") ? place_text(device, "name") : "another"));
}

static void boot_orders(const struct machine_view *machine)
{
	const struct place *lists[] = { &machine->disks, &machine->interfaces };
	cleanup(json) json_t *taken = json_object();

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		for (size_t j = 0; j < place_count(lists[i]); j++) {
			struct place device = place_item(lists[i], j);

			boot_order(&device, taken);
		}
	}
}

/* A47 */
static void io_threads(const struct machine_view *machine)
{
	static const char *const policies[] = { "shared", "auto", "supplementalPool", NULL };
	const char *policy = place_text(&machine->domain, "ioThreadsPolicy");
	struct place threads = place_object(&machine->domain, "ioThreads");
	int64_t count = 0;

	refuse_other_words(&machine->domain, "ioThreadsPolicy", policies, WORDS_EMPTY_IS_WRONG);
	place_integer(&threads, "supplementalPoolThreadCount", &count);
	if (policy && strcmp(policy, "supplementalPool") == 0 && count < 1)
		refuse_at(&threads, "supplementalPoolThreadCount",
			  "ioThreadsPolicy supplementalPool needs a number of threads; use 1 or more");
}

void rules_disks(const struct machine_view *machine)
{
	cleanup(json) json_t *seen = json_object();

	lists_are_short(machine);
	for (size_t i = 0; i < place_count(&machine->disks); i++) {
		struct place disk = place_item(&machine->disks, i);

		name(&disk, seen);
		has_volume(machine, &disk);
		fits_volume(machine, &disk);
		hotplugged(machine, &disk);
		rules_disk_target(machine, &disk);
	}
	boot_orders(machine);
	io_threads(machine);
}
