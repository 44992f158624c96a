#include "sync/retained_disk.h"

#include "base/text.h"
#include "sync/inventory.h"
#include "tests/unit/sync/quoted_json.h"

#define OWNER(name) "lab-a/labs/ospf/cdi.kubevirt.io/DataVolume/lab/" name
#define DISK(name, annotations)                                                                                      \
	"{'metadata': {'name': '" name "', 'namespace': 'lab', 'labels': {'app.kubernetes.io/name': 'r1'}, "         \
	"'annotations': {" annotations "}}, 'spec': {'storage': {'resources': {'requests': {'storage': '10Gi'}}}}}"
#define MARKED(owner, mark) "'labsync.dev/owner': '" owner "', 'labsync.dev/retained': '" mark "'"
#define SINCE "2026-01-01T10:00:00Z"

static const struct disk_case {
	const char *name, *object, *cluster;
	bool taken;
} cases[] = {
	{ "left behind", DISK("a", MARKED(OWNER("a"), SINCE)), "lab-a", true },
	{ "of any cluster", DISK("a", MARKED(OWNER("a"), SINCE)), NULL, true },
	{ "of another cluster", DISK("a", MARKED(OWNER("a"), SINCE)), "lab-b", false },
	{ "without the mark", DISK("a", "'labsync.dev/owner': '" OWNER("a") "'"), "lab-a", false },
	{ "without an owner", DISK("a", "'labsync.dev/retained': '" SINCE "'"), "lab-a", false },
	{ "with the owner of another name", DISK("a", MARKED(OWNER("b"), SINCE)), "lab-a", false },
	{ "with the owner of another kind", DISK("a", MARKED("lab-a/labs/ospf//PersistentVolumeClaim/lab/a", SINCE)),
	  "lab-a", false },
	{ "with half an owner", DISK("a", MARKED("lab-a/labs", SINCE)), NULL, false },
	{ "with somebody's owner", DISK("a", MARKED("somebody", SINCE)), NULL, false },
};

static const struct kind *volume(void)
{
	return kind_find("cdi.kubevirt.io", "DataVolume");
}

START_TEST(what_counts)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(json) json_t *object = quoted_json_new(cases[i].object);
		struct retained_disks disks = { .items = NULL };
		bool taken = retained_disks_add(&disks, volume(), object, cases[i].cluster);

		ck_assert_msg(taken == cases[i].taken && disks.count == taken, "%s", cases[i].name);
		retained_disks_deinit(&disks);
	}
}
END_TEST

START_TEST(what_it_tells)
{
	cleanup(json) json_t *object = quoted_json_new(DISK("a", MARKED(OWNER("a"), SINCE)));
	cleanup(json) json_t *old = quoted_json_new(DISK("b", MARKED(OWNER("b"), "true")));
	struct retained_disks disks = { .items = NULL };

	retained_disks_add(&disks, volume(), old, NULL);
	retained_disks_add(&disks, volume(), object, NULL);
	retained_disks_sort(&disks);
	ck_assert_uint_eq(disks.count, 2);
	ck_assert_str_eq(disks.items[0].name, "a");
	ck_assert_str_eq(disks.items[0].lab, "ospf");
	ck_assert_str_eq(disks.items[0].source, "labs");
	ck_assert_str_eq(disks.items[0].node, "r1");
	ck_assert_str_eq(disks.items[0].size, "10Gi");
	ck_assert_str_eq(disks.items[0].since, SINCE);
	ck_assert_ptr_null(disks.items[1].since); /* as older versions marked it */
	retained_disks_deinit(&disks);
}
END_TEST

/* A mark that somebody set by hand does not make a disk in use one that was left behind. */
START_TEST(what_a_lab_lists_is_in_use)
{
	cleanup(inventory) struct inventory *inventory = inventory_new("lab-a", "labs", "lab", "ospf");
	cleanup(json) json_t *object = quoted_json_new(DISK("a", MARKED(OWNER("a"), SINCE)));
	cleanup(json) json_t *other = quoted_json_new(DISK("b", MARKED(OWNER("b"), SINCE)));
	cleanup(json) json_t *parent = NULL;
	struct retained_disks disks = { .items = NULL };

	inventory_add(inventory, volume(), "a");
	parent = inventory_build_parent(inventory);
	retained_disks_add(&disks, volume(), object, NULL);
	retained_disks_add(&disks, volume(), other, NULL);
	retained_disks_drop_listed(&disks, parent);
	ck_assert_uint_eq(disks.count, 1);
	ck_assert_str_eq(disks.items[0].name, "b");
	retained_disks_deinit(&disks);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { what_counts, what_it_tells, what_a_lab_lists_is_in_use };

	return suite_run("retained_disk", tests, ARRAY_SIZE(tests));
}
