/* A VM as a person describes it, after all layers were laid over each other.
 *
 * Everything is a pointer: NULL where nothing was given and nothing is built in.
 * Texts with a fixed set of values (runStrategy and the like) were checked. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "render/lab/node_parts.h"

enum init_method { INIT_CLOUD_INIT, INIT_IGNITION };

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
 * claim; a cdrom may be empty. */
struct lab_disk {
	struct settings settings;
	const char *name;
	const char *type; /* "disk", "cdrom" or "lun" */
	const char *image, *size;
	const char *claim; /* `pvc`: a PersistentVolumeClaim that is there */
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

	/* The root disk. */
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

	/* Machine. */
	const struct lab_firmware *firmware;
	const char *machine, *architecture;

	/* What the guest is told. */
	const enum init_method *init;
	const char *user;
	const char *password, *password_hash, *password_secret; /* at most one after the layers */
	const struct value_list *ssh_keys; /* text */
	const struct value_list *access_credentials; /* struct lab_access_credential */
	const struct lab_own_init *cloud_init, *ignition;
	const char *hostname; /* NULL: the node's name */

	/* Life. */
	const char *run_strategy; /* NULL: RerunOnFailure */
	const char *restart_policy; /* Manual or Automatic */
	const char *eviction_strategy;
	const int64_t *grace_period; /* seconds; NULL: labsync's own */
	const struct lab_probe *readiness_probe, *liveness_probe;

	const struct port_list *ports;
	const struct lab_placement *placement;
	const int64_t *replicas; /* read before the model is made; no longer of interest */
	const struct yaml_node *patch; /* a mapping that is merged onto the VirtualMachine */
};
