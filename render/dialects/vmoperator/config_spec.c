#include "render/dialects/vmoperator/config_spec.h"

#include "base/text.h"
#include "render/dialects/vmoperator/class_fields.h"
#include "render/dialects/vmoperator/words.h"
#include "render/lab/values.h"

enum { DEVICES_MAX = 64 };

/* vSphere writes down what type each of its values has. */
static const char *const config_types[] = { "VirtualMachineConfigSpec", NULL };
static const char *const allocation_types[] = { "ResourceAllocationInfo", NULL };
static const char *const change_types[] = { "VirtualDeviceConfigSpec", NULL };

static const struct value_type config_type_name = { .name = "text", .shape = VALUE_TEXT, .allowed = config_types };
static const struct value_type allocation_type_name = { .name = "text",
							.shape = VALUE_TEXT,
							.allowed = allocation_types };
static const struct value_type change_type_name = { .name = "text", .shape = VALUE_TEXT, .allowed = change_types };

#define TYPE_TEXT "The type of the mapping as vSphere calls it; nothing else may stand there."

static const struct value_type amount_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = -1,
	.maximum = 1 << 30,
};

#define ALLOCATION(member) offsetof(struct class_allocation, member)

static const struct field class_allocation_fields[] = {
	{ "_typeName", NULL, ALLOCATION(nothing), &allocation_type_name, TYPE_TEXT, .fallback = NULL },
	{ "reservation", NULL, ALLOCATION(reservation), &amount_type,
	  "How much is set aside: of the processor in MHz, of memory in MB.", .fallback = NULL },
	{ "limit", NULL, ALLOCATION(limit), &amount_type,
	  "How much there is at most: of the processor in MHz. One of memory has no effect.", .fallback = "-1" },
	{ .name = NULL },
};

const struct value_type class_allocation_type = {
	.name = "VMOperatorAllocation",
	.shape = VALUE_OBJECT,
	.fields = class_allocation_fields,
	.size = sizeof(struct class_allocation),
};

static const void *allocation_read(struct reader *reader, const struct yaml_pair *pair)
{
	return open_read(reader, pair, &class_allocation_type, NULL);
}

struct device {
	struct settings settings;
	const char *type;
};

static const struct field device_fields[] = {
	{ "_typeName", NULL, offsetof(struct device, type), &text_type,
	  "What the device is: VirtualE1000, VirtualE1000e, VirtualPCNet32, VirtualSriovEthernetCard, or one of "
	  "VMware's "
	  "own cards, which are virtio here.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

static const struct value_type device_type = {
	.name = "VMOperatorDevice",
	.shape = VALUE_OBJECT,
	.fields = device_fields,
	.size = sizeof(struct device),
};

/* Numbers by which devices refer to each other. */
static const char *const device_keys[] = { "key", "controllerKey", "unitNumber", NULL };

static const void *device_read(struct reader *reader, const struct yaml_pair *pair)
{
	return open_read(reader, pair, &device_type, device_keys);
}

struct device_change {
	struct settings settings;
	const struct device *device;
	const char *operation;
	const void *nothing;
};

static const char *const operations[] = { "add", NULL };
static const struct value_type operation_type = { .name = "text", .shape = VALUE_TEXT, .allowed = operations };

#define CHANGE(member) offsetof(struct device_change, member)

static const struct field device_change_fields[] = {
	{ "_typeName", NULL, CHANGE(nothing), &change_type_name, TYPE_TEXT, .fallback = NULL },
	{ "device", device_read, CHANGE(device), &device_type, "The device.", .presence = FIELD_REQUIRED },
	{ "operation", NULL, CHANGE(operation), &operation_type, "What becomes of it: a class can only add devices.",
	  .fallback = "add" },
	{ .name = NULL },
};

static const struct value_type device_change_type = {
	.name = "VMOperatorDeviceChange",
	.shape = VALUE_OBJECT,
	.fields = device_change_fields,
	.size = sizeof(struct device_change),
};
static const struct value_type device_changes_type = {
	.shape = VALUE_LIST,
	.items = &device_change_type,
	.items_max = DEVICES_MAX,
};

/* vSphere's network adapters. Those of VMware's own need a driver that KubeVirt's virtio is the like of. */
static const struct adapter_row {
	const char *type, *model;
	bool is_sriov, is_replaced;
} adapter_rows[] = {
	{ "VirtualE1000", "e1000", false, false },   { "VirtualE1000e", "e1000e", false, false },
	{ "VirtualPCNet32", "pcnet", false, false }, { "VirtualSriovEthernetCard", NULL, true, false },
	{ "VirtualVmxnet", NULL, false, true },      { "VirtualVmxnet2", NULL, false, true },
	{ "VirtualVmxnet3", NULL, false, true },     { "VirtualVmxnet3Vrdma", NULL, false, true },
};

static const struct adapter_row *adapter_find(const char *type)
{
	for (size_t i = 0; i < sizeof(adapter_rows) / sizeof(adapter_rows[0]); i++)
		if (text_equal(adapter_rows[i].type, type))
			return &adapter_rows[i];
	return NULL;
}

static void adapter_add(struct reader *reader, const struct device *device, struct class_adapters *adapters)
{
	const struct place *place = object_place(&device_type, device, offsetof(struct device, type));
	const struct adapter_row *row = adapter_find(device->type);

	if (row == NULL) {
		reader_warn_at(reader, place, "device %s has no equivalent here and is left out; remove it",
			       reader_quote(reader, device->type));
		return;
	}
	if (row->is_replaced)
		reader_warn_at(reader, place, "%s is a virtio adapter here, for which the guest needs a driver",
			       row->type);
	adapters->items[adapters->count++] = (struct class_adapter){ row->model, row->is_sriov };
}

static const void *devices_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct value_list *changes = value_read(reader, pair, &device_changes_type);
	struct class_adapters *adapters;

	if (changes == NULL)
		return NULL;
	adapters = arena_new(reader->arena, sizeof(*adapters) + (changes->count + 1) * sizeof(adapters->items[0]));
	for (size_t i = 0; i < changes->count; i++) {
		const struct device_change *change = changes->items[i];

		if (change->device && change->device->type)
			adapter_add(reader, change->device, adapters);
	}
	return adapters;
}

static const struct value_type megabytes_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 4,
	.maximum = 1 << 30,
};
static const char *const firmwares[] = { "bios", "efi", NULL };
static const struct value_type firmware_type = { .name = "text", .shape = VALUE_TEXT, .allowed = firmwares };

#define CONFIG(member) offsetof(struct class_config, member)

static const struct field class_config_fields[] = {
	{ "_typeName", NULL, CONFIG(nothing), &config_type_name, TYPE_TEXT, .fallback = NULL },
	{ "numCPUs", NULL, CONFIG(cpus), &class_cores_type, "How many cores the VM has, unless hardware says it.",
	  .fallback = NULL },
	{ "numCoresPerSocket", NULL, CONFIG(cores_per_socket), &class_cores_type,
	  "How many of the cores are in one processor.", .fallback = NULL },
	{ "memoryMB", NULL, CONFIG(memory), &megabytes_type,
	  "The memory in MB of 1024 KB each, unless hardware says it.", .fallback = NULL },
	{ "cpuAllocation", allocation_read, CONFIG(cpu_allocation), &class_allocation_type,
	  "The share of the processor in MHz, which a Mapping's mhzPerCore makes a share of cores.",
	  .fallback = NULL },
	{ "memoryAllocation", allocation_read, CONFIG(memory_allocation), &class_allocation_type,
	  "The share of memory in MB.", .fallback = NULL },
	{ "deviceChange", devices_read, CONFIG(adapters), &device_changes_type,
	  "Devices, of which the network adapters are those of the VM's interfaces, in order.", .fallback = NULL },
	{ "firmware", NULL, CONFIG(firmware), &firmware_type, "What starts the guest.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type class_config_type = {
	.name = "VMOperatorConfigSpec",
	.shape = VALUE_OBJECT,
	.fields = class_config_fields,
	.size = sizeof(struct class_config),
};

const void *config_spec_read(struct reader *reader, const struct yaml_pair *pair)
{
	return open_read(reader, pair, &class_config_type, NULL);
}
