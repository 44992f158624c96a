#include "render/lab/vm_resources.h"

#include "base/quantity.h"
#include "render/lab/values.h"
#include "render/lab/vm.h"

static const void *cpu_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text = value_quantity(reader, pair);
	int64_t thousandths;

	if (text && quantity_parse(text, &thousandths) && thousandths == 0)
		return reader_refuse(reader, pair->value, "%s must be more than 0; remove it, or write it like 500m",
				     pair->key);
	return text;
}

#define AMOUNT(member) offsetof(struct lab_amounts, member)

static const struct field request_fields[] = {
	{ "cpu", cpu_read, AMOUNT(cpu), &quantity_type,
	  "The processor time that is reserved, like 500m. Without it, what the cluster reserves for each core.",
	  .fallback = NULL },
	{ "memory", value_guest_memory, AMOUNT(memory), &guest_memory_type,
	  "The memory that is reserved. Less than the guest sees lets workers run more VMs than fit. Without it, "
	  "memory.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const struct field limit_fields[] = {
	{ "cpu", cpu_read, AMOUNT(cpu), &quantity_type, "The most processor time that the VM gets, like 1500m.",
	  .fallback = NULL },
	{ "memory", value_guest_memory, AMOUNT(memory), &guest_memory_type,
	  "The most memory that the VM takes, before what KubeVirt adds for itself. A VM that needs more is ended.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type requests_type = {
	.name = "Requests",
	.shape = VALUE_OBJECT,
	.fields = request_fields,
	.size = sizeof(struct lab_amounts),
};
const struct value_type limits_type = {
	.name = "Limits",
	.shape = VALUE_OBJECT,
	.fields = limit_fields,
	.size = sizeof(struct lab_amounts),
};

static const struct field resources_fields[] = {
	{ "requests", NULL, offsetof(struct lab_machine_resources, requests), &requests_type,
	  "What is reserved on the worker.", .fallback = NULL },
	{ "limits", NULL, offsetof(struct lab_machine_resources, limits), &limits_type,
	  "The most that the VM gets of the worker.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type machine_resources_type = {
	.name = "MachineResources",
	.shape = VALUE_OBJECT,
	.fields = resources_fields,
	.size = sizeof(struct lab_machine_resources),
};
