#include "sync/inventory.h"

#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "sync/identity.h"
#include "tests/unit/sync/quoted_json.h"

/* In an order that is none. */
static struct inventory *full_inventory_new(void)
{
	struct inventory *inventory = inventory_new("lab-a", "labs", "lab", "ospf");

	inventory->commit = string_copy("c0ffee");
	inventory->path = string_copy("labs/ospf.yaml");
	inventory->state = string_copy("Ready");
	inventory->message = string_copy("all is well");
	inventory_add(inventory, kind_find("", "Service"), "ospf-r1");
	inventory_add(inventory, kind_find("kubevirt.io", "VirtualMachine"), "ospf-r2");
	inventory_add(inventory, kind_find("cdi.kubevirt.io", "DataVolume"), "ospf-r1-root");
	inventory_add(inventory, kind_find("kubevirt.io", "VirtualMachine"), "ospf-r1");
	inventory_add(inventory, kind_find("", "Secret"), "ospf-r1");
	return inventory;
}

START_TEST(parent_as_a_whole)
{
	cleanup(inventory) struct inventory *inventory = full_inventory_new();
	cleanup(json) json_t *parent = inventory_build_parent(inventory);
	cleanup(free) char *text = json_text_new(parent), *wanted_text = NULL;
	cleanup(json) json_t *wanted = quoted_json_new(
		"{'apiVersion': 'v1', 'kind': 'ConfigMap', 'metadata': {'name': 'labsync-ospf', 'namespace': 'lab', "
		"'labels': {'app.kubernetes.io/managed-by': 'labsync', 'app.kubernetes.io/part-of': 'ospf', "
		"'labsync.dev/source': 'labs', "
		"'applyset.kubernetes.io/id': 'applyset-XwuFdXqbbiAMqbF5xpei-dbijOwIT5Id79A3NaWix5c-v1'}, "
		"'annotations': {'applyset.kubernetes.io/tooling': 'labsync/" LABSYNC_VERSION "', "
		"'applyset.kubernetes.io/contains-group-kinds': "
		"'DataVolume.cdi.kubevirt.io,Secret,Service,VirtualMachine.kubevirt.io', "
		"'applyset.kubernetes.io/additional-namespaces': ''}}, "
		"'data': {'cluster': 'lab-a', 'commit': 'c0ffee', 'path': 'labs/ospf.yaml', 'state': 'Ready', "
		"'message': 'all is well', 'objects': 'Secret ospf-r1\\nDataVolume.cdi.kubevirt.io ospf-r1-root\\n"
		"VirtualMachine.kubevirt.io ospf-r1\\nVirtualMachine.kubevirt.io ospf-r2\\nService ospf-r1\\n'}}");

	wanted_text = json_text_new(wanted);
	ck_assert_str_eq(text, wanted_text);
}
END_TEST

START_TEST(round_trip)
{
	cleanup(inventory) struct inventory *first = full_inventory_new(), *second = NULL;
	cleanup(json) json_t *parent = inventory_build_parent(first), *again = NULL;

	second = inventory_new_from_parent(parent, "lab-a", "labs");
	ck_assert_ptr_nonnull(second);
	again = inventory_build_parent(second);
	ck_assert(json_equal(parent, again));
	ck_assert(inventory_is_written(second));
	ck_assert_str_eq(second->lab, "ospf");
	ck_assert_str_eq(second->namespace_name, "lab");
	ck_assert_uint_eq(second->count, first->count);
	for (size_t i = 0; i < first->count; i++)
		ck_assert(inventory_contains(second, first->entries[i].kind, first->entries[i].name));
	ck_assert_ptr_eq(second->live, parent);
}
END_TEST

START_TEST(empty_round_trip)
{
	cleanup(inventory) struct inventory *first = inventory_new("lab-a", "labs", "lab", "ospf"), *second = NULL;
	cleanup(json) json_t *parent = inventory_build_parent(first), *again = NULL;

	ck_assert_str_eq(json_text_at(parent, "data", "objects", NULL), "");
	ck_assert_str_eq(
		json_text_at(parent, "metadata", "annotations", "applyset.kubernetes.io/contains-group-kinds", NULL),
		"");
	second = inventory_new_from_parent(parent, "lab-a", "labs");
	ck_assert_ptr_nonnull(second);
	ck_assert_uint_eq(second->count, 0);
	again = inventory_build_parent(second);
	ck_assert(json_equal(parent, again));
}
END_TEST

/* Every kind shows up among the group kinds, sorted as KEP-3659 wants it. */
START_TEST(group_kinds_of_everything)
{
	cleanup(inventory) struct inventory *inventory = inventory_new("lab-a", "labs", "lab", "ospf");
	cleanup(json) json_t *parent = NULL;

	for (size_t i = KIND_COUNT; i-- > 0;) {
		inventory_add(inventory, kind_at(i), "a");
		inventory_add(inventory, kind_at(i), "b");
	}
	parent = inventory_build_parent(inventory);
	ck_assert_str_eq(
		json_text_at(parent, "metadata", "annotations", "applyset.kubernetes.io/contains-group-kinds", NULL),
		"ConfigMap,DataSource.cdi.kubevirt.io,DataVolume.cdi.kubevirt.io,Deployment.apps,LAN.lan.k8slan.io,"
		"MigrationPolicy.migrations.kubevirt.io,Namespace,NetworkAttachmentDefinition.k8s.cni.cncf.io,"
		"NetworkPolicy.networking.k8s.io,PersistentVolumeClaim,Secret,Service,ServiceAccount,"
		"VirtualMachine.kubevirt.io,VirtualMachineClusterInstancetype.instancetype.kubevirt.io,"
		"VirtualMachineClusterPreference.instancetype.kubevirt.io,"
		"VirtualMachineInstancetype.instancetype.kubevirt.io,VirtualMachinePool.pool.kubevirt.io,"
		"VirtualMachinePreference.instancetype.kubevirt.io,"
		"VirtualMachineSnapshot.snapshot.kubevirt.io");
}
END_TEST

/* A parent as labsync writes it, then changed by a patch of one row. */
static const struct parent_case {
	const char *name, *path[3], *value; /* NULL value: the field is missing */
	bool ours;
} parent_cases[] = {
	{ .name = "as written", .path = { "data", "state" }, .value = "Ready", .ours = true },
	{ .name = "another cluster", .path = { "data", "cluster" }, .value = "lab-b" },
	{ .name = "no cluster", .path = { "data", "cluster" } },
	{ .name = "another source", .path = { "metadata", "labels", LABEL_SOURCE }, .value = "more" },
	{ .name = "no source", .path = { "metadata", "labels", LABEL_SOURCE } },
	{ .name = "no lab", .path = { "metadata", "labels", LABEL_PART_OF } },
	{ .name = "another lab's name", .path = { "metadata", "labels", LABEL_PART_OF }, .value = "bgp" },
	{ .name = "copied under another name", .path = { "metadata", "name" }, .value = "labsync-bgp" },
	{ .name = "no data", .path = { "data" } },
};

static void field_change(json_t *parent, const struct parent_case *row)
{
	json_t *object = parent;
	size_t last = 0;

	while (last + 1 < ARRAY_SIZE(row->path) && row->path[last + 1])
		object = json_object_get(object, row->path[last++]);
	if (row->value)
		json_object_set_new(object, row->path[last], json_string(row->value));
	else
		json_object_del(object, row->path[last]);
}

START_TEST(whose_parent)
{
	for (size_t i = 0; i < ARRAY_SIZE(parent_cases); i++) {
		cleanup(inventory) struct inventory *written = full_inventory_new(), *read = NULL;
		cleanup(json) json_t *parent = inventory_build_parent(written);

		field_change(parent, &parent_cases[i]);
		read = inventory_new_from_parent(parent, "lab-a", "labs");
		ck_assert_msg((read != NULL) == parent_cases[i].ours, "%s", parent_cases[i].name);
	}
}
END_TEST

static const struct objects_case {
	const char *name, *objects; /* the text of data.objects */
	const char *entries; /* "Kind name, ..." */
} objects_cases[] = {
	{ "two", "Secret a\nVirtualMachine.kubevirt.io b\n", "Secret a, VirtualMachine b" },
	{ "no newline at the end", "Secret a", "Secret a" },
	{ "empty lines", "\n\nSecret a\n\n", "Secret a" },
	{ "twice the same", "Secret a\nSecret a\n", "Secret a" },
	{ "unknown kind", "Widget.example.org w\nSecret a\n", "Secret a" },
	{ "known kind of another group", "Secret.example.org w\nSecret a\n", "Secret a" },
	{ "kind alone", "Secret\nSecret a\n", "Secret a" },
	{ "words", "what is this\nSecret a\n", "Secret a" },
	{ "a dot in the name", "Secret a.b\nVirtualMachine.kubevirt.io c.d\n", "Secret a.b, VirtualMachine c.d" },
	{ "nothing", "", "" },
};

static char *entries_text_new(const struct inventory *inventory)
{
	struct buffer text = BUFFER_INIT;

	for (size_t i = 0; i < inventory->count; i++)
		buffer_format(&text, "%s%s %s", i ? ", " : "", inventory->entries[i].kind->name,
			      inventory->entries[i].name);
	return buffer_steal(&text);
}

static struct inventory *inventory_new_of_objects(const char *objects)
{
	cleanup(inventory) struct inventory *written = inventory_new("lab-a", "labs", "lab", "ospf");
	cleanup(json) json_t *parent = inventory_build_parent(written);

	json_object_set_new(json_object_get(parent, "data"), "objects", json_string(objects));
	return inventory_new_from_parent(parent, "lab-a", "labs");
}

START_TEST(lists_of_objects)
{
	for (size_t i = 0; i < ARRAY_SIZE(objects_cases); i++) {
		cleanup(inventory) struct inventory *inventory = inventory_new_of_objects(objects_cases[i].objects);
		cleanup(free) char *text = entries_text_new(inventory);

		ck_assert_msg(text_equal(text, objects_cases[i].entries), "%s: %s", objects_cases[i].name, text);
	}
}
END_TEST

/* A newer labsync's lines outlive an older one's write. */
START_TEST(unknown_kinds_stay_listed)
{
	cleanup(inventory) struct inventory *inventory =
		inventory_new_of_objects("Widget.example.org w\nSecret b\nSecret a\n");
	cleanup(json) json_t *parent = inventory_build_parent(inventory);

	ck_assert_str_eq(json_text_at(parent, "data", "objects", NULL), "Secret a\nSecret b\nWidget.example.org w\n");
}
END_TEST

enum { LINES_READ = 20000 };

START_TEST(bound_of_the_list)
{
	cleanup(inventory) struct inventory *within = NULL, *beyond = NULL;
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	for (int i = 0; i < LINES_READ - 1; i++)
		buffer_append_text(&text, "Widget w\n");
	buffer_append_text(&text, "Secret last\n");
	within = inventory_new_of_objects(buffer_text(&text));
	ck_assert(inventory_contains(within, kind_find("", "Secret"), "last"));
	buffer_append_text(&text, "Secret beyond\n");
	beyond = inventory_new_of_objects(buffer_text(&text));
	ck_assert(inventory_contains(beyond, kind_find("", "Secret"), "last"));
	ck_assert(!inventory_contains(beyond, kind_find("", "Secret"), "beyond"));
}
END_TEST

START_TEST(bound_of_the_message)
{
	cleanup(inventory) struct inventory *inventory = full_inventory_new();
	cleanup(buffer) struct buffer message = BUFFER_INIT;

	buffer_append_char(&message, 'x'); /* so that no character ends where the text is cut */
	for (int i = 0; i < 1000; i++)
		buffer_append_text(&message, "\u00fc");
	free(inventory->message);
	inventory->message = buffer_steal(&message);
	for (int shift = 0; shift < 2; shift++) {
		cleanup(json) json_t *parent = inventory_build_parent(inventory);
		const char *text = json_text_at(parent, "data", "message", NULL);

		ck_assert_ptr_nonnull(text);
		ck_assert_uint_le(strlen(text), 1024);
		ck_assert_uint_ge(strlen(text), 1000);
		memmove(inventory->message, inventory->message + 1, strlen(inventory->message));
	}
}
END_TEST

START_TEST(add_and_contains)
{
	cleanup(inventory) struct inventory *inventory = inventory_new("lab-a", "labs", "lab", "ospf");
	const struct kind *secret = kind_find("", "Secret"), *service = kind_find("", "Service");

	ck_assert(!inventory_contains(inventory, secret, "a"));
	ck_assert(inventory_add(inventory, secret, "a"));
	ck_assert(!inventory_add(inventory, secret, "a"));
	ck_assert(inventory_add(inventory, service, "a"));
	ck_assert(inventory_contains(inventory, secret, "a"));
	ck_assert(!inventory_contains(inventory, secret, "b"));
	ck_assert_uint_eq(inventory->count, 2);
	inventory_clear_entries(inventory);
	ck_assert_uint_eq(inventory->count, 0);
	ck_assert(!inventory_contains(inventory, secret, "a"));
	ck_assert(inventory_add(inventory, secret, "b"));
}
END_TEST

/* What somebody does to the parent, and whether it is to be written again. */
static const struct written_case {
	const char *name;
	struct parent_case change;
	bool written;
} written_cases[] = {
	{ "a label of somebody's", { .path = { "metadata", "labels", "team" }, .value = "x" }, true },
	{ "an annotation of somebody's", { .path = { "metadata", "annotations", "note" }, .value = "x" }, true },
	{ "state", { .path = { "data", "state" }, .value = "Degraded" }, false },
	{ "more data", { .path = { "data", "extra" }, .value = "x" }, false },
	{ "less data", { .path = { "data", "objects" } }, false },
	{ "a label of ours", { .path = { "metadata", "labels", LABEL_APPLYSET_ID } }, false },
	{ "an annotation of ours",
	  { .path = { "metadata", "annotations", "applyset.kubernetes.io/tooling" }, .value = "kubectl/v1" },
	  false },
};

START_TEST(written_or_not)
{
	cleanup(inventory) struct inventory *inventory = full_inventory_new();

	ck_assert(!inventory_is_written(inventory));
	for (size_t i = 0; i < ARRAY_SIZE(written_cases); i++) {
		json_decref(inventory->live);
		inventory->live = inventory_build_parent(inventory);
		ck_assert(inventory_is_written(inventory));
		field_change(inventory->live, &written_cases[i].change);
		ck_assert_msg(inventory_is_written(inventory) == written_cases[i].written, "%s",
			      written_cases[i].name);
	}
}
END_TEST

START_TEST(paths)
{
	cleanup(inventory) struct inventory *inventory = inventory_new("lab-a", "labs", "lab", "ospf");
	cleanup(free) char *collection = inventory_collection_path_new(inventory);
	cleanup(free) char *path = inventory_path_new(inventory);

	ck_assert_str_eq(collection, "/api/v1/namespaces/lab/configmaps");
	ck_assert_str_eq(path, "/api/v1/namespaces/lab/configmaps/labsync-ospf");
}
END_TEST

int main(void)
{
	const TTest *tests[] = { parent_as_a_whole,         round_trip,        empty_round_trip,
				 group_kinds_of_everything, whose_parent,      lists_of_objects,
				 unknown_kinds_stay_listed, bound_of_the_list, bound_of_the_message,
				 add_and_contains,          written_or_not,    paths };

	return suite_run("inventory", tests, ARRAY_SIZE(tests));
}
