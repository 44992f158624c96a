/* Control Plane's documents, as their tables read them. NULL where nothing was given. */
#pragma once

#include <stdint.h>

#include "render/lab/reader.h"

/* --- spec.containers[]: what the machine offers and gets --- */

struct workload_port {
	struct settings settings;
	const int64_t *number;
	const char *protocol; /* http, http2, grpc or tcp; NULL: http */
};

struct workload_metrics {
	struct settings settings;
	const int64_t *port;
	const char *path;
	const void *nothing; /* never set: what has no effect here */
};

struct workload_http_get {
	struct settings settings;
	const char *path;
	const int64_t *port; /* NULL: the container's first */
	const char *scheme;
	const struct yaml_node *headers; /* Kubernetes' httpHeaders */
};

struct workload_tcp_socket {
	struct settings settings;
	const int64_t *port; /* NULL: the container's first */
};

struct workload_probe {
	struct settings settings;
	const struct workload_http_get *http_get;
	const struct workload_tcp_socket *tcp_socket;
	const int64_t *initial_delay, *period, *timeout, *success_threshold, *failure_threshold;
	const void *refused;
};

struct workload_volume {
	struct settings settings;
	const char *uri; /* cpln://volumeset/NAME or cpln://secret/NAME */
	const char *name, *bus, *serial, *recovery_policy;
	const bool *cdrom;
	const int64_t *boot_order;
	const void *refused;
};

struct workload_container {
	struct settings settings;
	const char *name;
	const char *cpu, *memory, *min_cpu, *min_memory; /* quantities; cpu in whole cores */
	const struct value_list *ports; /* struct workload_port */
	const struct workload_metrics *metrics;
	const struct workload_probe *readiness, *liveness;
	const struct value_list *volumes; /* struct workload_volume */
	const void *refused, *nothing;
};

/* --- spec.firewallConfig --- */

struct workload_outbound_port {
	struct settings settings;
	const char *protocol;
	const int64_t *number;
};

struct workload_external_firewall {
	struct settings settings;
	const struct value_list *inbound_allowed, *inbound_blocked; /* text: addresses and prefixes */
	const struct value_list *outbound_allowed, *outbound_blocked;
	const struct value_list *outbound_ports; /* struct workload_outbound_port */
	const void *refused;
};

struct workload_internal_firewall {
	struct settings settings;
	const char *inbound_type; /* none, same-gvc, same-org, workload-list; NULL: none */
	const struct value_list *inbound_workloads; /* text: links */
};

struct workload_firewall {
	struct settings settings;
	const struct workload_external_firewall *external;
	const struct workload_internal_firewall *internal;
};

/* --- spec.defaultOptions, rolloutOptions, extras --- */

struct workload_autoscaling {
	struct settings settings;
	const int64_t *minimum, *maximum;
	const void *nothing;
};

struct workload_zones {
	struct settings settings;
	const bool *enabled;
};

struct workload_options {
	struct settings settings;
	const struct workload_autoscaling *autoscaling;
	const bool *suspend;
	const struct workload_zones *zones;
	const void *nothing;
};

struct workload_rollout {
	struct settings settings;
	const int64_t *grace_period; /* seconds */
	const void *nothing;
};

struct workload_extras {
	struct settings settings;
	const struct yaml_node *affinity, *tolerations, *spread_constraints; /* Kubernetes' own */
};

/* --- spec.vm --- */

struct guest_boot_source {
	struct settings settings;
	const struct guest_oci_source *oci;
	const struct guest_http_source *http;
};

struct guest_oci_source {
	struct settings settings;
	const char *image;
};

struct guest_http_source {
	struct settings settings;
	const char *url, *checksum;
};

struct guest_persistence {
	struct settings settings;
	const char *volume_set; /* its name */
};

struct guest_boot_disk {
	struct settings settings;
	const struct guest_boot_source *source;
	const struct guest_persistence *persist;
	const char *bus;
	const int64_t *boot_order;
};

struct guest_cpu {
	struct settings settings;
	const int64_t *sockets, *threads;
};

struct guest_smbios {
	struct settings settings;
	const void *nothing;
};

struct guest_firmware {
	struct settings settings;
	const char *bootloader, *uuid, *serial;
	const void *nothing;
};

struct guest_network {
	struct settings settings;
	const char *name;
};

struct guest_cloud_init {
	struct settings settings;
	const char *user_data, *user_data_base64; /* the latter without blanks */
	const char *user_data_secret; /* a link */
	const struct value_list *key_secrets; /* text: links */
};

struct guest_access {
	struct settings settings;
	const char *key_secret; /* a link */
	const struct value_list *users; /* text */
	const char *method; /* qemuGuestAgent or configDrive; NULL: qemuGuestAgent */
};

struct guest_tpm {
	struct settings settings;
	const bool *enabled, *persistent;
};

struct guest_features {
	struct settings settings;
	const bool *acpi, *apic, *smm, *rng;
	const struct guest_tpm *tpm;
};

struct guest_clock {
	struct settings settings;
	const char *timezone;
};

struct guest {
	struct settings settings;
	const struct guest_boot_disk *boot_disk;
	const struct guest_cpu *cpu;
	const struct guest_firmware *firmware;
	const char *guest_os; /* linux or windows; NULL: linux */
	const struct value_list *networks; /* struct guest_network */
	const struct guest_cloud_init *cloud_init;
	const struct value_list *access; /* struct guest_access */
	const char *run_strategy; /* NULL: Always */
	const struct guest_features *features;
	const struct guest_clock *clock;
	const char *hostname, *subdomain;
};

/* --- spec --- */

struct workload_spec {
	struct settings settings;
	const char *type;
	const char *identity; /* a link */
	const struct value_list *containers; /* struct workload_container */
	const struct workload_firewall *firewall;
	const struct workload_options *options;
	const struct workload_rollout *rollout;
	const struct workload_extras *extras;
	const struct guest *guest;
	const void *refused, *nothing;
};

struct volume_set_spec {
	struct settings settings;
	const int64_t *capacity; /* gibibytes */
	const char *performance_class;
	const void *nothing;
};

/* What reads them. */
extern const struct value_type workload_spec_type, workload_containers_type, workload_container_type,
	workload_port_type, workload_metrics_type, workload_probe_type, workload_http_get_type,
	workload_tcp_socket_type, workload_volumes_type, workload_volume_type, workload_firewall_type,
	workload_external_firewall_type, workload_internal_firewall_type, workload_options_type,
	workload_autoscaling_type, workload_rollout_type, workload_extras_type;
extern const struct value_type guest_type, guest_boot_disk_type, guest_boot_source_type, guest_oci_source_type,
	guest_http_source_type, guest_persistence_type, guest_cpu_type, guest_firmware_type, guest_networks_type,
	guest_network_type, guest_cloud_init_type, guest_access_list_type, guest_access_type, guest_features_type,
	guest_tpm_type, guest_clock_type;
extern const struct value_type volume_set_spec_type;

/* Whole documents, for the framework. */
extern const struct value_type workload_document_type, volume_set_document_type, secret_document_type,
	identity_document_type, gvc_document_type, domain_document_type;

/* What Kubernetes would call metadata: name, and tags as annotations. */
const struct yaml_node *controlplane_metadata(struct arena *arena, const struct yaml_node *root);
