/* What a VirtualMachine of VM Operator says, as its tables read it: the fields of
 * all versions. Which of them a version has is versions.h's. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "render/dialects/vmoperator/bootstrap_fields.h"
#include "render/dialects/vmoperator/network_fields.h"
#include "render/lab/layers.h"
#include "render/lab/reader.h"

/* image: {kind, name} */
struct image_reference {
	struct settings settings;
	const char *kind, *name; /* kind: NULL when not given */
};

/* persistentVolumeClaim: {claimName, readOnly, instanceVolumeClaim} */
struct instance_volume {
	struct settings settings;
	const char *storage_class, *size;
};

struct claim_reference {
	struct settings settings;
	const char *name;
	const bool *read_only;
	const struct instance_volume *instance;
};

struct volume_spec {
	struct settings settings;
	const char *name;
	const struct claim_reference *claim;
	const void *refused;
};

struct cdrom_spec {
	struct settings settings;
	const char *name;
	const struct image_reference *image;
	const bool *connected, *guest_control;
};

struct tcp_action {
	struct settings settings;
	const struct yaml_node *port;
	const void *refused;
};

struct heartbeat_action {
	struct settings settings;
	const char *threshold; /* "green" or "yellow" */
};

/* readinessProbe */
struct readiness_spec {
	struct settings settings;
	const struct tcp_action *tcp_socket;
	const struct heartbeat_action *heartbeat;
	const int64_t *timeout, *period; /* seconds */
	const void *refused;
};

/* affinity */
struct affinity_term {
	struct settings settings;
	const struct yaml_node *selector;
	const char *topology_key;
};

struct affinity_rules {
	struct settings settings;
	const struct value_list *required, *preferred; /* struct affinity_term */
	const struct value_list *required_later, *preferred_later; /* v1alpha4's spelling */
};

struct affinity_spec {
	struct settings settings;
	const struct affinity_rules *together, *apart;
	const void *refused;
};

/* advanced, and v1alpha1's advancedOptions */
struct advanced_spec {
	struct settings settings;
	const char *boot_disk_capacity;
	const void *nothing;
};

/* bootOptions */
struct boot_options {
	struct settings settings;
	const char *firmware, *secure_boot;
	const void *refused;
};

struct machine_spec {
	struct settings settings;
	const char *class_name, *image_name, *storage_class;
	const struct image_reference *image;
	const struct bootstrap_spec *bootstrap;
	const struct network_spec *network;
	const struct value_list *volumes; /* struct volume_spec */
	const struct value_list *cdrom; /* struct cdrom_spec */
	const struct readiness_spec *readiness_probe;
	const struct affinity_spec *affinity;
	const struct advanced_spec *advanced;
	const struct boot_options *boot_options;
	const char *bios_uuid, *instance_uuid, *guest_id;
	const char *power_state; /* "PoweredOn", "PoweredOff", "Suspended" */
	const char *power_off_mode, *suspend_mode, *restart_mode; /* "Hard", "Soft", "TrySoft" */
	const char *next_restart_time;
	/* v1alpha1 */
	const struct value_list *network_interfaces; /* struct interface_v1alpha1 */
	const struct metadata_source *vm_metadata;
	const void *nothing; /* never set: told of and passed over */
};

extern const struct value_type vsphere_machine_spec_type, image_reference_type, volume_spec_type,
	claim_reference_type, instance_volume_type, cdrom_spec_type, readiness_spec_type, tcp_action_type,
	heartbeat_action_type, affinity_spec_type, affinity_rules_type, affinity_term_type, advanced_spec_type,
	boot_options_type;
