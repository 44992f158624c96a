#include "render/objects/volumes.h"

#include "tests/unit/render/outcome.h"

static const bool yes = true, no = false;
static const int64_t first = 1, second = 2;

static const json_t *disk_find(const struct outcome *outcome, const char *name)
{
	const json_t *disks = json_at(outcome_machine_spec(outcome), "domain", "devices", "disks", NULL);
	size_t i;
	json_t *disk;

	json_array_foreach (disks, i, disk) {
		if (strcmp(json_text_at(disk, "name", NULL), name) == 0)
			return disk;
	}
	return NULL;
}

/* Renders the model's VM with these further disks. */
static void disks_render(struct outcome *outcome, struct model *model, const struct lab_disk *const *disks,
			 size_t count)
{
	const struct value_list list = { .count = count, .items = (const void *const *)disks };

	model->vm.disks = &list;
	outcome_init(outcome, model);
	assert_good(outcome);
	model->vm.disks = NULL;
}

START_TEST(disks_stand_in_the_order_of_the_text)
{
	static const struct lab_disk data = { .name = "data", .size = "1Gi" };
	static const struct lab_disk iso = { .name = "iso", .type = "cdrom" };
	static const struct lab_disk logs = { .name = "logs", .claim = "old-logs", .hotpluggable = &yes };
	static const struct lab_disk tools = {
		.name = "tools", .type = "cdrom", .image = "https://example.org/t.iso", .size = "2Gi"
	};
	const struct lab_disk *disks[] = { &data, &iso, &logs, &tools };
	cleanup(outcome) struct outcome outcome;
	struct model model;

	model_init(&model);
	disks_render(&outcome, &model, disks, ARRAY_SIZE(disks));
	assert_json(json_at(outcome_machine_spec(&outcome), "domain", "devices", "disks", NULL),
		    "[{\"bootOrder\":1,\"disk\":{\"bus\":\"virtio\"},\"name\":\"root\"},"
		    "{\"disk\":{\"bus\":\"virtio\"},\"name\":\"data\"},"
		    "{\"cdrom\":{\"bus\":\"sata\"},\"name\":\"iso\"},"
		    "{\"disk\":{\"bus\":\"virtio\"},\"name\":\"logs\"},"
		    "{\"cdrom\":{\"bus\":\"sata\"},\"name\":\"tools\"},"
		    "{\"disk\":{\"bus\":\"virtio\"},\"name\":\"cloudinit\"}]");
	assert_json(
		json_object_get(outcome_machine_spec(&outcome), "volumes"),
		"[{\"dataVolume\":{\"name\":\"l-r1\"},\"name\":\"root\"},"
		"{\"dataVolume\":{\"name\":\"l-r1-data\"},\"name\":\"data\"},"
		"{\"name\":\"logs\",\"persistentVolumeClaim\":{\"claimName\":\"old-logs\",\"hotpluggable\":true}},"
		"{\"dataVolume\":{\"name\":\"l-r1-tools\"},\"name\":\"tools\"},"
		"{\"cloudInitNoCloud\":{\"networkDataSecretRef\":{\"name\":\"l-r1-init\"},"
		"\"secretRef\":{\"name\":\"l-r1-init\"}},\"name\":\"cloudinit\"}]");
	assert_json(json_at(object_find(&outcome, "DataVolume", "l-r1-data"), "spec", NULL),
		    "{\"source\":{\"blank\":{}},\"storage\":{\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}");
	assert_json(json_at(object_find(&outcome, "DataVolume", "l-r1-tools"), "spec", "source", NULL),
		    "{\"http\":{\"url\":\"https://example.org/t.iso\"}}");
	ck_assert_ptr_null(object_find(&outcome, "DataVolume", "l-r1-iso"));
	ck_assert_ptr_null(object_find(&outcome, "DataVolume", "l-r1-logs"));
}
END_TEST

START_TEST(the_image_is_verified_and_fetched_as_told)
{
	cleanup(outcome) struct outcome http, registry;
	struct model model;

	model_init(&model);
	model.vm.image = "https://example.org/a";
	model.vm.checksum = "md5:d41d8cd98f00b204e9800998ecf8427e";
	model.vm.certificates = "ca";
	model.vm.image_secret = "login";
	outcome_init(&http, &model);
	model.vm.image = "docker://example.org/a";
	outcome_init(&registry, &model);
	assert_json(json_at(object_find(&http, "DataVolume", "l-r1"), "spec", "source", NULL),
		    "{\"http\":{\"certConfigMap\":\"ca\",\"checksum\":\"md5:d41d8cd98f00b204e9800998ecf8427e\","
		    "\"secretRef\":\"login\","
		    "\"url\":\"https://example.org/a\"}}");
	assert_json(json_at(object_find(&registry, "DataVolume", "l-r1"), "spec", "source", NULL),
		    "{\"registry\":{\"certConfigMap\":\"ca\",\"secretRef\":\"login\","
		    "\"url\":\"docker://example.org/a\"}}");
}
END_TEST

START_TEST(a_disk_has_the_storage_of_its_vm_unless_it_says_so)
{
	static const struct lab_disk plain = { .name = "plain", .size = "1Gi" };
	static const struct lab_disk own = { .name = "own",
					     .size = "1Gi",
					     .storage_class = "slow",
					     .access_mode = "ReadWriteMany",
					     .volume_mode = "Filesystem",
					     .disk_policy = "Retain" };
	static const char *const names[] = { "l-r1", "l-r1-plain", "l-r1-own" };
	static const struct {
		const char *storage, *policy;
	} wanted[] = {
		{ "{\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"10G\"}},"
		  "\"storageClassName\":\"fast\",\"volumeMode\":\"Block\"}",
		  "Delete" },
		{ "{\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"1Gi\"}},"
		  "\"storageClassName\":\"fast\",\"volumeMode\":\"Block\"}",
		  "Delete" },
		{ "{\"accessModes\":[\"ReadWriteMany\"],\"resources\":{\"requests\":{\"storage\":\"1Gi\"}},"
		  "\"storageClassName\":\"slow\",\"volumeMode\":\"Filesystem\"}",
		  NULL },
	};
	const struct lab_disk *disks[] = { &plain, &own };
	cleanup(outcome) struct outcome outcome;
	struct model model;

	model_init(&model);
	model.lab.storage_class = "standard";
	model.vm.storage_class = "fast";
	model.vm.access_mode = "ReadWriteOnce";
	model.vm.volume_mode = "Block";
	model.vm.disk_policy = "Delete";
	disks_render(&outcome, &model, disks, ARRAY_SIZE(disks));
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const json_t *volume = object_find(&outcome, "DataVolume", names[i]);

		assert_json(json_at(volume, "spec", "storage", NULL), wanted[i].storage);
		ck_assert_pstr_eq(json_text_at(volume, "metadata", "annotations", "labsync.dev/disk-policy", NULL),
				  wanted[i].policy);
	}
}
END_TEST

START_TEST(a_disk_is_attached_as_told)
{
	static const struct {
		struct lab_disk disk;
		const char *wanted;
	} cases[] = {
		{ { .name = "d",
		    .claim = "c",
		    .bus = "scsi",
		    .serial = "S1",
		    .boot_order = &second,
		    .cache = "none" },
		  "{\"bootOrder\":2,\"cache\":\"none\",\"disk\":{\"bus\":\"scsi\"},\"name\":\"d\",\"serial\":"
		  "\"S1\"}" },
		{ { .name = "d", .claim = "c", .read_only = &yes, .shareable = &yes },
		  "{\"disk\":{\"bus\":\"virtio\",\"readonly\":true},\"name\":\"d\",\"shareable\":true}" },
		{ { .name = "d", .claim = "c", .read_only = &no, .shareable = &no },
		  "{\"disk\":{\"bus\":\"virtio\"},\"name\":\"d\"}" },
		{ { .name = "d", .claim = "c", .type = "lun" }, "{\"lun\":{\"bus\":\"scsi\"},\"name\":\"d\"}" },
		{ { .name = "d", .claim = "c", .type = "cdrom", .read_only = &yes },
		  "{\"cdrom\":{\"bus\":\"sata\"},\"name\":\"d\"}" },
		{ { .name = "d", .claim = "c", .type = "cdrom", .read_only = &no },
		  "{\"cdrom\":{\"bus\":\"sata\",\"readonly\":false},\"name\":\"d\"}" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct lab_disk *disks[] = { &cases[i].disk };
		cleanup(outcome) struct outcome outcome;
		struct model model;

		model_init(&model);
		disks_render(&outcome, &model, disks, 1);
		assert_json(disk_find(&outcome, "d"), cases[i].wanted);
	}
}
END_TEST

START_TEST(a_disk_that_boots_first_goes_before_the_root)
{
	static const struct lab_disk installer = { .name = "installer",
						   .type = "cdrom",
						   .image = "https://example.org/i.iso",
						   .size = "1Gi",
						   .boot_order = &first };
	static const struct lab_disk other = { .name = "other", .size = "1Gi", .boot_order = &second };
	const struct lab_disk *disks[] = { &other, &installer };
	cleanup(outcome) struct outcome outcome;
	struct model model;

	model_init(&model);
	model.vm.disk_serial = "ROOT";
	model.vm.disk_bus = "scsi";
	disks_render(&outcome, &model, disks, ARRAY_SIZE(disks));
	assert_json(disk_find(&outcome, "root"),
		    "{\"bootOrder\":3,\"disk\":{\"bus\":\"scsi\"},\"name\":\"root\",\"serial\":\"ROOT\"}");
}
END_TEST

START_TEST(a_preference_chooses_the_bus)
{
	static const struct lab_instancetype preference = { .name = "fedora" };
	static const struct lab_disk own = { .name = "own", .size = "1Gi", .bus = "sata" };
	const struct lab_disk *disks[] = { &own };
	cleanup(outcome) struct outcome outcome;
	struct model model;

	model_init(&model);
	model.vm.preference = &preference;
	disks_render(&outcome, &model, disks, ARRAY_SIZE(disks));
	assert_json(disk_find(&outcome, "root"), "{\"bootOrder\":1,\"disk\":{},\"name\":\"root\"}");
	assert_json(disk_find(&outcome, "own"), "{\"disk\":{\"bus\":\"sata\"},\"name\":\"own\"}");
	assert_json(disk_find(&outcome, "cloudinit"), "{\"disk\":{},\"name\":\"cloudinit\"}");
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		disks_stand_in_the_order_of_the_text,
		the_image_is_verified_and_fetched_as_told,
		a_disk_has_the_storage_of_its_vm_unless_it_says_so,
		a_disk_is_attached_as_told,
		a_disk_that_boots_first_goes_before_the_root,
		a_preference_chooses_the_bus,
	};

	return suite_run("disks", tests, ARRAY_SIZE(tests));
}
