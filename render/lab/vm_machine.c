#include "render/lab/vm_machine.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/values.h"
#include "render/lab/vm.h"
#include "render/lab/vm_disk_values.h"

enum { UNITS_MAX = 512, FEATURES_MAX = 64, WORD_MAX = 128 };

static const char *const bootloaders[] = { "bios", "efi", NULL };
static const char *const architectures[] = { "amd64", "arm64", "s390x", NULL };
static const char *const policies[] = { "force", "require", "optional", "disable", "forbid", NULL };
static const char *const instancetype_kinds[] = { "VirtualMachineClusterInstancetype", "VirtualMachineInstancetype",
						  NULL };
static const char *const preference_kinds[] = { "VirtualMachineClusterPreference", "VirtualMachinePreference", NULL };

static const struct value_type bootloader_type = { .name = "text", .shape = VALUE_TEXT, .allowed = bootloaders };
static const struct value_type policy_type = { .name = "text", .shape = VALUE_TEXT, .allowed = policies };
static const struct value_type instancetype_kind_type = { .name = "text",
							  .shape = VALUE_TEXT,
							  .allowed = instancetype_kinds };
static const struct value_type preference_kind_type = { .name = "text",
							.shape = VALUE_TEXT,
							.allowed = preference_kinds };
static const struct value_type units_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = UNITS_MAX,
};
static const struct value_type feature_name_type = {
	.name = "name",
	.shape = VALUE_TEXT,
	.pattern = "^[A-Za-z0-9_.+-]+$",
};
const struct value_type architecture_type = { .name = "text", .shape = VALUE_TEXT, .allowed = architectures };
const struct value_type cpu_model_type = { .name = "name", .shape = VALUE_TEXT, .pattern = "^[A-Za-z0-9_.+-]+$" };
const struct value_type machine_type = { .name = "name", .shape = VALUE_TEXT, .pattern = "^[a-z0-9_.-]+$" };

static bool is_word(const char *text)
{
	size_t length = strlen(text);

	if (length == 0 || length > WORD_MAX)
		return false;
	for (size_t i = 0; i < length; i++)
		if (!isalnum((unsigned char)text[i]) && !strchr("_.+-", text[i]))
			return false;
	return true;
}

/* A name that QEMU or libvirt gave something. */
static const void *word_read(struct reader *reader, const struct yaml_pair *pair, const char *what,
			     const char *example)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!is_word(pair->value->text))
		return reader_refuse(reader, pair->value, "%s %s is no name of a %s; write it like %s", pair->key,
				     reader_quote(reader, pair->value->text), what, example);
	return pair->value->text;
}

const void *cpu_model_read(struct reader *reader, const struct yaml_pair *pair)
{
	return word_read(reader, pair, "processor", "host-model or Skylake-Server");
}

static const void *feature_name_read(struct reader *reader, const struct yaml_pair *pair)
{
	return word_read(reader, pair, "processor's feature", "vmx");
}

/* KubeVirt's default emulatedMachines; what else a cluster allows cannot be known here. */
const void *machine_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text = word_read(reader, pair, "machine", "q35");

	if (text && (text_equal(text, "pc") || text_starts_with(text, "pc-i440fx")))
		return reader_refuse(
			reader, pair->value,
			"machine %s is not supported by KubeVirt; use q35, with disks on sata if the guest "
			"knows no virtio",
			reader_quote(reader, text));
	return text;
}

#define TOPOLOGY_FIELD(name, member, text)                                                                           \
	{                                                                                                            \
		name, NULL, offsetof(struct lab_cpu_topology, member), &units_type, text, .fallback = NULL           \
	}

static const struct field cpu_topology_fields[] = {
	TOPOLOGY_FIELD("sockets", sockets, "How many processors the VM has. Without it, 1."),
	TOPOLOGY_FIELD("cores", cores, "How many cores each processor has. Without it, 1."),
	TOPOLOGY_FIELD(
		"threads", threads,
		"How many threads each core has: 1, or 2 for a guest that is to see hyper-threading. Without it, "
		"1."),
	TOPOLOGY_FIELD(
		"maxSockets", max_sockets,
		"Up to how many processors can be added while the VM runs. Without it, what the cluster is set "
		"to."),
	{ .name = NULL },
};

const struct value_type cpu_topology_type = {
	.name = "CPUTopology",
	.shape = VALUE_OBJECT,
	.fields = cpu_topology_fields,
	.size = sizeof(struct lab_cpu_topology),
};

static const struct field cpu_feature_fields[] = {
	{ "name", feature_name_read, offsetof(struct lab_cpu_feature, name), &feature_name_type,
	  "The feature's name as libvirt has it, like vmx, svm or pcid.", .presence = FIELD_REQUIRED },
	{ "policy", NULL, offsetof(struct lab_cpu_feature, policy), &policy_type,
	  "Whether the feature is shown even if the worker lacks it (force), must be there (require), is shown if it "
	  "is "
	  "there (optional), is hidden (disable), or must not be there (forbid). Without it, require.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type cpu_feature_type = {
	.name = "CPUFeature",
	.shape = VALUE_OBJECT,
	.fields = cpu_feature_fields,
	.size = sizeof(struct lab_cpu_feature),
};
const struct value_type cpu_features_type = {
	.shape = VALUE_LIST,
	.items = &cpu_feature_type,
	.items_max = FEATURES_MAX,
};

static void feature_check(struct reader *reader, const struct value_list *list, size_t index)
{
	const struct lab_cpu_feature *feature = list->items[index];

	for (size_t i = 0; feature->name && i < index; i++)
		if (text_equal(((const struct lab_cpu_feature *)list->items[i])->name, feature->name))
			reader_error_at(
				reader,
				object_place(&cpu_feature_type, feature, offsetof(struct lab_cpu_feature, name)),
				"feature \"%s\" is listed twice; keep one", feature->name);
}

const void *cpu_features_read(struct reader *reader, const struct yaml_pair *pair)
{
	size_t before = reader->errors;
	const struct value_list *list = value_read(reader, pair, &cpu_features_type);

	for (size_t i = 0; list && reader->errors == before && i < list->count; i++)
		feature_check(reader, list, i);
	return list;
}

static const struct field instancetype_fields[] = {
	{ "name", object_name_read, offsetof(struct lab_instancetype, name), &object_name_type,
	  "Its name, like u1.small.", .presence = FIELD_REQUIRED },
	{ "kind", NULL, offsetof(struct lab_instancetype, kind), &instancetype_kind_type,
	  "Whether it is one of the cluster or of the lab's namespace. Without it, of the cluster.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const struct field preference_fields[] = {
	{ "name", object_name_read, offsetof(struct lab_instancetype, name), &object_name_type,
	  "Its name, like debian.", .presence = FIELD_REQUIRED },
	{ "kind", NULL, offsetof(struct lab_instancetype, kind), &preference_kind_type,
	  "Whether it is one of the cluster or of the lab's namespace. Without it, of the cluster.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type instancetype_type = {
	.name = "Instancetype",
	.shape = VALUE_OBJECT,
	.fields = instancetype_fields,
	.size = sizeof(struct lab_instancetype),
};
const struct value_type preference_type = {
	.name = "Preference",
	.shape = VALUE_OBJECT,
	.fields = preference_fields,
	.size = sizeof(struct lab_instancetype),
};

static const struct field firmware_fields[] = {
	{ "bootloader", NULL, offsetof(struct lab_firmware, bootloader), &bootloader_type,
	  "What starts the guest: a BIOS or UEFI. Without it a BIOS, on arm64 UEFI.", .fallback = NULL },
	{ "secureBoot", value_boolean, offsetof(struct lab_firmware, secure_boot), &boolean_type,
	  "Lets UEFI start only what is signed. Without it, everything starts.", .fallback = NULL },
	{ "persistent", value_boolean, offsetof(struct lab_firmware, persistent), &boolean_type,
	  "Keeps UEFI's variables, such as the order of booting, over restarts.", .fallback = NULL },
	{ "uuid", value_uuid, offsetof(struct lab_firmware, uuid), &uuid_type,
	  "The machine's UUID, to which some licences are bound. Without it, one that follows from the names.",
	  .fallback = NULL },
	{ "serial", serial_read, offsetof(struct lab_firmware, serial), &serial_type,
	  "The machine's serial number as the guest sees it in its DMI tables. Without it, the same as a UUID made "
	  "from the names.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type firmware_type = {
	.name = "Firmware",
	.shape = VALUE_OBJECT,
	.fields = firmware_fields,
	.size = sizeof(struct lab_firmware),
};
