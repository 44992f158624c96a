/* A VM as a person describes it, after all layers were laid over each other.
 *
 * Everything is a pointer: NULL where nothing was given and nothing is built in.
 * Texts with a fixed set of values (runStrategy and the like) were checked. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "render/lab/node_parts.h"

enum init_method { INIT_CLOUD_INIT, INIT_IGNITION, INIT_SYSPREP, INIT_NONE };

/* firmware: {bootloader, secureBoot, persistent, uuid, serial} */
struct lab_firmware {
	struct settings settings;
	const char *bootloader; /* "bios" or "efi" */
	const bool *secure_boot, *persistent; /* of efi */
	const char *uuid, *serial;
};

/* cpuTopology: {sockets, cores, threads, maxSockets} */
struct lab_cpu_topology {
	struct settings settings;
	const int64_t *sockets, *cores, *threads, *max_sockets;
};

/* cpuFeatures: [{name, policy}] */
struct lab_cpu_feature {
	struct settings settings;
	const char *name;
	const char *policy; /* force, require, optional, disable, forbid */
};

/* disks: a further disk. Exactly one of: size alone (blank), image with size,
 * ephemeral with image, claim, Secret, ConfigMap, ServiceAccount; a cdrom may be empty. */
struct lab_disk {
	struct settings settings;
	const char *name;
	const char *type; /* "disk", "cdrom" or "lun" */
	const char *image, *size;
	const char *claim; /* `pvc`: a PersistentVolumeClaim that is there */
	const bool *ephemeral; /* the image itself, whose changes are lost at each stop */
	const char *secret, *config_map, *service_account; /* whose content is shown as files */
	const char *volume_label; /* of the filesystem with those files */
	const char *bus; /* virtio, sata, scsi, usb */
	const char *serial;
	const int64_t *boot_order;
	const bool *hotpluggable, *read_only, *shareable;
	const char *cache; /* none, writethrough, writeback */
	const char *checksum, *certificates, *image_secret; /* of the image, as in the VM */
	const char *storage_class, *access_mode, *volume_mode, *disk_policy; /* NULL: the VM's */
};

/* cloudInit and ignition: a person's own configuration, one of three ways. */
struct lab_own_init {
	struct settings settings;
	const struct yaml_node *user_data; /* a string or a mapping */
	const struct lab_text_file *file;
	const char *secret; /* its key `userdata` is used as it is, without labsync's */

	/* Of cloudInit alone. */
	const bool *only; /* nothing of labsync's */
	const char *type; /* NULL: NoCloud */
	const struct yaml_node *network_data; /* a string or a mapping; with `only` */
	const char *network_data_secret; /* its key `networkdata`; with `only` */
};

/* sysprep: {secret | configMap}, with what Windows' setup reads */
struct lab_sysprep {
	struct settings settings;
	const char *secret, *config_map;
};

/* resources: {requests: {cpu, memory}, limits: {cpu, memory}}, of the pod that the VM runs in */
struct lab_amounts {
	struct settings settings;
	const char *cpu, *memory;
};

struct lab_machine_resources {
	struct settings settings;
	const struct lab_amounts *requests, *limits;
};

struct lab_features {
	struct settings settings;
	const bool *acpi, *apic, *smm;
};

struct lab_tpm {
	struct settings settings;
	const bool *enabled, *persistent;
};

/* dns: {nameservers, searches}, in place of the cluster's */
struct lab_dns {
	struct settings settings;
	const struct value_list *nameservers, *searches; /* text */
};

/* interfaces: a NIC that is no end of a link */
struct lab_nic {
	struct settings settings;
	const char *name;
	const char *network; /* "pod", or a NetworkAttachmentDefinition as "name" or "namespace/name" */
	const char *model; /* NULL: virtio, or what the preference says */
	const char *mac; /* lower-case, colons; NULL: one that follows from the names */
	const char *binding; /* masquerade, bridge, sriov; NULL: masquerade on the pod network, bridge on others */
	const int64_t *boot_order;
	const char *state; /* "up" or "down"; NULL when unset */
};

/* accessCredentials: [{sshPublicKeySecret | userPasswordSecret, method, users}] */
struct lab_access_credential {
	struct settings settings;
	const char *ssh_public_key_secret, *user_password_secret;
	const char *method; /* qemuGuestAgent, noCloud, configDrive */
	const struct value_list *users; /* text */
};

/* instancetype and preference: {name, kind} */
struct lab_instancetype {
	struct settings settings;
	const char *name, *kind;
};

struct lab_vm {
	struct settings settings;

	/* The root disk, with all of this NULL where `rootDisk` is false. */
	const bool *root_disk;
	const char *image; /* docker://, http:// or https:// */
	const char *disk_size;
	const char *checksum; /* sha256:HEX and the like */
	const char *certificates; /* `imageCA`: a ConfigMap with the server's CA */
	const char *image_secret; /* a Secret with the server's accessKeyId and secretKey */
	const char *disk_bus, *disk_serial;
	const int64_t *disk_boot_order;
	const char *storage_class, *access_mode, *volume_mode;
	const char *disk_policy; /* Retain or Delete */
	const struct value_list *disks; /* struct lab_disk */

	/* Processor and memory. */
	const int64_t *cpu; /* cores; NULL with cpuTopology or an instancetype */
	const char *memory; /* NULL with an instancetype */
	const bool *cpu_pin, *huge_page; /* NULL with an instancetype */
	const struct lab_cpu_topology *cpu_topology;
	const char *cpu_model;
	const struct value_list *cpu_features; /* struct lab_cpu_feature */
	const struct lab_instancetype *instancetype, *preference;
	const struct lab_machine_resources *resources;

	/* Machine. */
	const struct lab_firmware *firmware;
	const char *machine, *architecture;
	const char *guest_os; /* linux or windows; NULL: not said */
	const struct lab_features *features;
	const struct lab_tpm *tpm;
	const bool *rng, *serial_log;
	const char *timezone; /* that the machine's clock shows; NULL: UTC */

	/* What the guest is told. */
	const enum init_method *init;
	const char *user;
	const char *password, *password_hash, *password_secret; /* at most one after the layers */
	const struct value_list *ssh_keys; /* text */
	const struct value_list *access_credentials; /* struct lab_access_credential */
	const struct lab_own_init *cloud_init, *ignition;
	const struct lab_sysprep *sysprep;
	const char *hostname; /* NULL: the node's name */
	const char *subdomain;
	const struct lab_dns *dns;

	/* Life. */
	const char *run_strategy; /* NULL: RerunOnFailure */
	const char *restart_policy; /* Manual or Automatic */
	const char *eviction_strategy;
	const int64_t *grace_period; /* seconds; NULL: labsync's own */
	const struct lab_probe *readiness_probe, *liveness_probe;

	const struct value_list *interfaces; /* struct lab_nic; NULL: one on the pod network */
	const struct port_list *ports; /* NULL without a NIC on the pod network */
	const struct value_map *labels, *annotations; /* text; of the VirtualMachine and what runs it */
	const struct value_map *immutable; /* text; what the engine must not see change */
	const struct lab_placement *placement;
	const int64_t *replicas; /* read before the model is made; no longer of interest */
	const struct yaml_node *patch; /* a mapping that is merged onto the VirtualMachine */
};
