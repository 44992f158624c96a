/* VirtualMachineClass: the virtual hardware that VMs of it have. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "render/dialects/facts.h"

struct class_hardware {
	struct settings settings;
	const int64_t *cpus;
	const char *memory;
	const void *refused;
};

struct class_amounts {
	struct settings settings;
	const char *cpu, *memory;
};

struct class_resources {
	struct settings settings;
	const struct class_amounts *requests, *limits;
};

struct class_policies {
	struct settings settings;
	const struct class_resources *resources;
};

/* A network adapter of configSpec.deviceChange. */
struct class_adapter {
	const char *model; /* KubeVirt's; NULL: its default, virtio */
	bool is_sriov;
};

struct class_adapters {
	size_t count;
	struct class_adapter items[];
};

/* cpuAllocation in MHz, memoryAllocation in MiB; -1 is no limit. */
struct class_allocation {
	struct settings settings;
	const int64_t *reservation, *limit;
	const void *nothing;
};

struct class_config {
	struct settings settings;
	const int64_t *cpus, *cores_per_socket, *memory; /* MiB */
	const struct class_allocation *cpu_allocation, *memory_allocation;
	const struct class_adapters *adapters;
	const char *firmware; /* "bios" or "efi" */
	const void *nothing;
};

struct class_spec {
	struct settings settings;
	const struct class_hardware *hardware;
	const struct class_policies *policies;
	const struct class_config *config;
	const char *description;
	const void *nothing;
};

extern const struct value_type class_cores_type, vsphere_class_spec_type, class_config_type, class_allocation_type,
	class_document_type;

void vsphere_class_check(struct reader *reader, const struct fact *document);

/* What the class gives: from hardware, or else configSpec. NULL when neither says it. */
const int64_t *vsphere_class_cpus(const struct class_spec *spec);
const char *vsphere_class_memory(struct arena *arena, const struct class_spec *spec);
