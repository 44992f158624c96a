#include "render/lab/srl_fields.h"

#include "base/text.h"
#include "render/lab/container_image.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/missing.h"
#include "render/lab/placement_fields.h"
#include "render/lab/ports.h"
#include "render/lab/resource_fields.h"
#include "render/lab/srl_chassis.h"
#include "render/lab/values.h"

/* KNL's own value. */
#define MEMORY_DEFAULT "4Gi"

const struct lab_srl srl_built_in = {
	.chassis = SRL_CHASSIS_DEFAULT,
	.memory = MEMORY_DEFAULT,
};

static const struct field srl_fields[] = {
	{ "chassis", srl_chassis_read, offsetof(struct lab_srl, chassis), &srl_chassis_type,
	  "The hardware that is played: ixr-d1, ixr-d2l, ixr-d3l, ixr-d5, ixr-h2, ixr-h3, ixr-h5-32d, ixr-6e, "
	  "ixr-10e, "
	  "ixr-18e, ixr-x1b, ixr-x3b, sxr-1d-32d or ixs-a1; or the six fields type-baseMAC-cpm-slot-card-mda as "
	  "Nokia's numbers. Some need a licence.",
	  .fallback = SRL_CHASSIS_DEFAULT },
	{ "cpu", container_cpu_read, offsetof(struct lab_srl, cpu), &quantity_type,
	  "The CPU time that is reserved for the pod, like 2 for two cores.", .fallback = NULL },
	{ "image", srl_image_read, offsetof(struct lab_srl, image), &container_image_type,
	  "The container image, like ghcr.io/nokia/srlinux:25.3.1.", .presence = FIELD_REQUIRED_SOMEWHERE },
	{ "license", object_name_read, offsetof(struct lab_srl, license), &object_name_type,
	  "A Secret in the lab's namespace with the licence under the key license.", .fallback = NULL },
	{ "memory", container_memory_read, offsetof(struct lab_srl, memory), &quantity_type,
	  "The memory that is reserved for the pod.", .fallback = MEMORY_DEFAULT },
	{ "placement", NULL, offsetof(struct lab_srl, placement), &placement_type, "Where the pod may run.",
	  .fallback = NULL },
	{ "ports", ports_read, offsetof(struct lab_srl, ports), &ports_type,
	  "What the router's Service passes on to its management interface; without any it has no Service.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type srl_type = {
	.name = "SRLinux",
	.shape = VALUE_OBJECT,
	.fields = srl_fields,
	.size = sizeof(struct lab_srl),
};

const struct lab_srl *srl_settle(struct reader *reader, const char *node, const struct place *place,
				 const struct lab_srl *merged, bool complete)
{
	struct lab_srl *srl = arena_new(reader->arena, sizeof(*srl));

	*srl = *merged;
	if (srl->image == NULL && complete)
		setting_missing(reader, node, place, "srl", "image");
	srl->placement = placement_settle(reader, srl->placement);
	return srl;
}

const char *node_type_substitute(const char *name)
{
	static const struct {
		const char *name, *substitute;
	} licensed[] = {
		{ "srsim",
		  "it is Nokia's SR OS simulator, which needs a licence; use srl, or pod with an image and a "
		  "licence of your own" },
		{ "vsim", "it is Nokia's SR OS, which needs a licence; use srl, or vm with an image and a licence of "
			  "your own" },
		{ "vsri", "it is Nokia's SR OS, which needs a licence; use srl, or vm with an image and a licence of "
			  "your own" },
		{ "magc",
		  "it is Nokia's MAG-c on SR OS, which needs a licence; use vm with an image and a licence of "
		  "your own" },
	};

	for (size_t i = 0; i < sizeof(licensed) / sizeof(licensed[0]); i++)
		if (text_equal(licensed[i].name, name))
			return licensed[i].substitute;
	return NULL;
}
