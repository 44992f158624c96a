/* The parts of a VirtualMachine that most rules look at, found once. A part
 * that is missing, or of the wrong type (which has then been told), has no
 * value. The places point into the view: it is not to be copied. */
#pragma once

#include "render/admission/place.h"

struct machine_view {
	struct place spec; /* of the VirtualMachine */
	struct place template;
	struct place metadata; /* of the template */
	struct place instance; /* template.spec: the VirtualMachineInstance */
	struct place domain, cpu, memory, resources, requests, limits, firmware, features;
	struct place devices, disks, interfaces, filesystems;
	struct place networks, volumes;
	json_t *volume_indices; /* by name: where the volume stands */
	json_t *network_indices;
	const char *architecture; /* amd64 when the machine names none */
	bool has_instancetype;
};

/* `owner` has a member "spec" that is a VirtualMachine's; it must outlive the view. */
void machine_view_init(struct machine_view *view, const struct place *owner);
void machine_view_deinit(struct machine_view *view);
static inline void machine_view_cleanup(struct machine_view *view)
{
	machine_view_deinit(view);
}

/* The volume or network of that name; without a value when there is none. */
struct place machine_view_volume(const struct machine_view *view, const char *name);
struct place machine_view_network(const struct machine_view *view, const char *name);
