/* VirtualMachine: its table, and the parts of which its translation is made. */
#pragma once

#include "render/dialects/deckhouse/deckhouse.h"

struct class_spec;

struct secret_reference {
	struct settings settings;
	const char *kind, *name;
};

/* `type` says which of the others there is; it was checked. */
struct machine_provisioning {
	struct settings settings;
	const char *type;
	const struct yaml_node *user_data; /* a string */
	const struct secret_reference *user_data_ref, *sysprep_ref;
};

struct machine_cpu {
	struct settings settings;
	const int64_t *cores;
	const int64_t *core_fraction; /* percent */
};

struct machine_memory {
	struct settings settings;
	const char *size;
};

struct machine_disruptions {
	struct settings settings;
	const char *approval;
};

/* Of a VM's list, and of an attachment. */
struct device_reference {
	struct settings settings;
	const char *kind, *name;
	const int64_t *boot_order; /* of a VM's alone */
};

struct machine_network {
	struct settings settings;
	const int64_t *id;
	const char *type, *name, *mac_name;
};

struct machine_usb_device {
	struct settings settings;
	const char *name;
};

struct machine_neighbourhood {
	struct settings settings;
	const struct yaml_node *preferred, *required; /* sequences */
};

struct machine_affinity {
	struct settings settings;
	const struct yaml_node *node; /* as it is */
	const struct machine_neighbourhood *near, *apart;
};

struct machine_spec {
	struct settings settings;
	const char *class_name, *address_name;
	const struct machine_provisioning *provisioning;
	const struct machine_cpu *cpu;
	const struct machine_memory *memory;
	const struct value_list *devices; /* struct device_reference */
	const char *run_policy, *bootloader, *os_type, *live_migration, *priority_class;
	const struct machine_disruptions *disruptions;
	const bool *paravirtualized;
	const int64_t *grace_period;
	const struct yaml_node *node_selector, *tolerations, *spread; /* as they are */
	const struct machine_affinity *affinity;
	const struct value_list *networks; /* struct machine_network */
	const struct value_list *usb_devices; /* struct machine_usb_device */
	const void *nothing; /* of what is refused */
};

/* Parts of it that stand in machine_around_fields.c. */
extern const struct value_type machine_networks_type, machine_usb_devices_type, machine_affinity_type;

extern const struct value_type machine_spec_type, device_reference_type, attached_reference_type;

/* One VM on its way. */
struct machine {
	struct translation *translation;
	struct arena *arena;
	const struct fact *document;
	const struct machine_spec *spec;
	const struct class_spec *class; /* NULL: there is only a Mapping's */
	const struct yaml_node *name; /* where the VM is named */
	struct yaml_node *vm; /* what it becomes */
};

/* A list of the VirtualMachine's devices, to which `patch` adds what the language has no word for; entries meet by name. */
struct yaml_node *machine_patch_list(struct machine *machine, const char *list, const struct yaml_node *at);

bool machine_is_paravirtualized(const struct machine_spec *spec);

/* Each adds its part to machine->vm. */
void machine_set_processor(struct machine *machine);
void machine_set_devices(struct machine *machine);
void machine_set_init(struct machine *machine);
void machine_set_placement(struct machine *machine);
void machine_set_interfaces(struct machine *machine);
void machine_set_usb_devices(struct machine *machine);
void machine_set_migration(struct machine *machine);

/* Its devices, and its address by name. */
void machine_say_names(const struct fact *document, struct facts *facts);

void machine_translate(struct translation *translation, const struct fact *document);

/* Whether the VM's own list has the device. */
bool machine_has_device(const struct machine_spec *spec, const char *kind, const char *name);
