/* spec.containers[]: cores, memory, ports, probes and disks of the VM. */
#include <string.h>

#include "base/quantity.h"
#include "base/text.h"
#include "render/dialects/controlplane/documents.h"
#include "render/dialects/controlplane/values.h"
#include "render/lab/values.h"
#include "render/lab/vm_disk_values.h"

enum { PORTS_MOST = 100, VOLUMES_MOST = 15, HEADERS_MOST = 64, SECONDS_MOST = 86400, TIMES_MOST = 1000 };
enum { THOUSANDTHS_OF_CORE = 1000 };

static const char *const protocols[] = { "http", "http2", "grpc", "tcp", NULL };
static const char *const schemes[] = { "HTTP", "HTTPS", NULL };
static const char *const recovery_policies[] = { "retain", "recycle", NULL };

static const struct value_type protocol_type = { .name = "text", .shape = VALUE_TEXT, .allowed = protocols };
static const struct value_type scheme_type = { .name = "text", .shape = VALUE_TEXT, .allowed = schemes };
static const struct value_type recovery_policy_type = {
	.name = "text",
	.shape = VALUE_TEXT,
	.allowed = recovery_policies,
};
static const struct value_type delay_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 0,
	.maximum = SECONDS_MOST,
};
static const struct value_type seconds_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = SECONDS_MOST,
};
static const struct value_type times_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = TIMES_MOST,
};
static const struct value_type whole_cores_type = {
	.name = "quantity in whole cores",
	.shape = VALUE_SCALAR,
	.pattern = "^([1-9][0-9]*000m|[1-9][0-9]*)$",
};

/* "2", "2000m": a guest sees whole processors only. */
static const void *whole_cores_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text = value_quantity(reader, pair);
	int64_t thousandths;

	if (text == NULL || !quantity_parse(text, &thousandths))
		return NULL;
	if (thousandths < THOUSANDTHS_OF_CORE || thousandths % THOUSANDTHS_OF_CORE)
		return reader_refuse(reader, pair->value,
				     "cpu %s is no whole number of cores, which a VM needs; use a multiple of 1000m, "
				     "at least 1000m",
				     reader_quote(reader, text));
	return text;
}

static const void *metrics_path_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (pair->value->text[0] != '/' || !value_is_one_word(pair->value->text))
		return reader_refuse(reader, pair->value, "path %s must begin with \"/\" and have no blanks",
				     reader_quote(reader, pair->value->text));
	return pair->value->text;
}

#define PORT(member) offsetof(struct workload_port, member)

static const struct field port_fields[] = {
	{ "number", NULL, PORT(number), &controlplane_port_type, "The port on which the guest listens.",
	  .presence = FIELD_REQUIRED },
	{ "protocol", NULL, PORT(protocol), &protocol_type,
	  "What is spoken on it. All are TCP to the Service; meshes tell them apart by the port's name there, which "
	  "begins with it.",
	  .fallback = "http" },
	{ .name = NULL },
};

const struct value_type workload_port_type = {
	.name = "WorkloadPort",
	.shape = VALUE_OBJECT,
	.fields = port_fields,
	.size = sizeof(struct workload_port),
};
static const struct value_type ports_list_type = {
	.shape = VALUE_LIST,
	.items = &workload_port_type,
	.items_max = PORTS_MOST,
};

#define METRICS(member) offsetof(struct workload_metrics, member)

static const struct field metrics_fields[] = {
	{ "port", NULL, METRICS(port), &controlplane_port_type, "The guest's port with metrics.",
	  .presence = FIELD_REQUIRED },
	{ "path", metrics_path_read, METRICS(path), &text_type, "Where the metrics are on that port.",
	  .fallback = "/metrics" },
	LOST_FIELD(workload_metrics, "dropMetrics", "Which metrics Control Plane would not keep."),
	{ .name = NULL },
};

const struct value_type workload_metrics_type = {
	.name = "WorkloadMetrics",
	.shape = VALUE_OBJECT,
	.fields = metrics_fields,
	.size = sizeof(struct workload_metrics),
};

/* Read again, as Kubernetes' own, where the VM is read. */
static const void *headers_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_sequence_pair(reader, pair) == NULL)
		return NULL;
	if (pair->value->count > HEADERS_MOST)
		return reader_refuse(reader, pair->value, "%s has %zu entries; at most %d are taken", pair->key,
				     pair->value->count, HEADERS_MOST);
	return pair->value->count ? pair->value : NULL;
}

#define HTTP_GET(member) offsetof(struct workload_http_get, member)

static const struct field http_get_fields[] = {
	{ "path", NULL, HTTP_GET(path), &text_type, "The path to ask for.", .fallback = "/" },
	{ "port", NULL, HTTP_GET(port), &controlplane_port_type, "The port to ask. Without it, the first of ports.",
	  .fallback = NULL },
	{ "scheme", NULL, HTTP_GET(scheme), &scheme_type, "HTTP, or HTTPS, whose certificate is not checked.",
	  .fallback = "HTTP" },
	{ "httpHeaders", headers_read, HTTP_GET(headers), &controlplane_raw_list_type,
	  "Headers of the request: a list of name and value.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type workload_http_get_type = {
	.name = "WorkloadHTTPGet",
	.shape = VALUE_OBJECT,
	.fields = http_get_fields,
	.size = sizeof(struct workload_http_get),
};

static const struct field tcp_socket_fields[] = {
	{ "port", NULL, offsetof(struct workload_tcp_socket, port), &controlplane_port_type,
	  "The port that must take connections. Without it, the first of ports.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type workload_tcp_socket_type = {
	.name = "WorkloadTCPSocket",
	.shape = VALUE_OBJECT,
	.fields = tcp_socket_fields,
	.size = sizeof(struct workload_tcp_socket),
};

#define PROBE(member) offsetof(struct workload_probe, member)

static const struct field probe_fields[] = {
	{ "httpGet", NULL, PROBE(http_get), &workload_http_get_type,
	  "Works when an HTTP request is answered with a status from 200 to 399.", .fallback = NULL },
	{ "tcpSocket", NULL, PROBE(tcp_socket), &workload_tcp_socket_type, "Works when a TCP connection is taken.",
	  .fallback = NULL },
	{ "initialDelaySeconds", NULL, PROBE(initial_delay), &delay_type,
	  "How many seconds after the start the first try is made.", .fallback = NULL },
	{ "periodSeconds", NULL, PROBE(period), &seconds_type, "The seconds from one try to the next.",
	  .fallback = NULL },
	{ "timeoutSeconds", NULL, PROBE(timeout), &seconds_type,
	  "After how many seconds without an answer a try has failed.", .fallback = NULL },
	{ "successThreshold", NULL, PROBE(success_threshold), &times_type,
	  "How many tries in a row must succeed after one that failed.", .fallback = NULL },
	{ "failureThreshold", NULL, PROBE(failure_threshold), &times_type, "How many tries in a row must fail.",
	  .fallback = NULL },
	REFUSED_FIELD(workload_probe, "exec", "Of containers; a VM has httpGet and tcpSocket."),
	REFUSED_FIELD(workload_probe, "grpc", "Of containers; a VM has httpGet and tcpSocket."),
	{ .name = NULL },
};

const struct value_type workload_probe_type = {
	.name = "WorkloadProbe",
	.shape = VALUE_OBJECT,
	.fields = probe_fields,
	.size = sizeof(struct workload_probe),
};

#define VOLUME(member) offsetof(struct workload_volume, member)

static const struct field volume_fields[] = {
	{ "uri", volume_uri_read, VOLUME(uri), &controlplane_uri_type,
	  "cpln://volumeset/NAME for a disk that keeps what is on it, one for each replica; cpln://secret/NAME for "
	  "a disk with a file for each key of the Secret.",
	  .presence = FIELD_REQUIRED },
	{ "name", name_label_read, VOLUME(name), &controlplane_name_type,
	  "The disk's name in the VM, and of a Secret's disk its label in the guest.", .presence = FIELD_REQUIRED },
	{ "bus", NULL, VOLUME(bus), &controlplane_bus_type,
	  "The bus that the disk hangs on. Of a CD-ROM sata or scsi; a Secret on one of those is a CD-ROM.",
	  .fallback = "virtio" },
	{ "serial", serial_read, VOLUME(serial), &serial_type,
	  "The serial number, by which the guest finds the disk in /dev/disk/by-id.", .fallback = NULL },
	{ "cdrom", NULL, VOLUME(cdrom), &boolean_type, "Shows the disk as a CD-ROM, which is read-only.",
	  .fallback = "false" },
	{ "bootOrder", NULL, VOLUME(boot_order), &controlplane_boot_order_type,
	  "The place of the disk among those that the firmware tries to boot from.", .fallback = NULL },
	{ "recoveryPolicy", NULL, VOLUME(recovery_policy), &recovery_policy_type,
	  "What becomes of the disk when the VM goes: kept (retain), or deleted (recycle).", .fallback = "retain" },
	REFUSED_FIELD(workload_volume, "path", "Of containers, where a volume is mounted; a VM has it as a disk."),
	{ .name = NULL },
};

const struct value_type workload_volume_type = {
	.name = "WorkloadVolume",
	.shape = VALUE_OBJECT,
	.fields = volume_fields,
	.size = sizeof(struct workload_volume),
};
const struct value_type workload_volumes_type = {
	.shape = VALUE_LIST,
	.items = &workload_volume_type,
	.items_max = VOLUMES_MOST,
};

#define CONTAINER(member) offsetof(struct workload_container, member)

static const struct field container_fields[] = {
	{ "name", name_label_read, CONTAINER(name), &controlplane_name_type,
	  "A name for the entry. Nothing is called so.", .presence = FIELD_REQUIRED },
	{ "cpu", whole_cores_read, CONTAINER(cpu), &whole_cores_type,
	  "The guest's processors, in whole cores: a multiple of 1000m.", .presence = FIELD_REQUIRED },
	{ "memory", value_guest_memory, CONTAINER(memory), &guest_memory_type, "The guest's memory.",
	  .presence = FIELD_REQUIRED },
	{ "minCpu", value_quantity, CONTAINER(min_cpu), &quantity_type,
	  "How much of a worker's processor is kept for the VM, when less than all of it.", .fallback = NULL },
	{ "minMemory", value_quantity, CONTAINER(min_memory), &quantity_type,
	  "How much of a worker's memory is kept for the VM, when less than all of it.", .fallback = NULL },
	{ "ports", NULL, CONTAINER(ports), &ports_list_type,
	  "What the Service passes on that is named like the workload. Without any there is no Service.",
	  .fallback = NULL },
	{ "metrics", NULL, CONTAINER(metrics), &workload_metrics_type,
	  "Where Prometheus finds the guest's metrics: it becomes the annotations prometheus.io/scrape, port and "
	  "path.",
	  .fallback = NULL },
	{ "readinessProbe", NULL, CONTAINER(readiness), &workload_probe_type,
	  "How to tell that the VM does its work. Until then the Service passes nothing on to it.",
	  .fallback = NULL },
	{ "livenessProbe", NULL, CONTAINER(liveness), &workload_probe_type,
	  "How to tell that the VM is alive. When it is not, it is ended, and runStrategy decides what follows.",
	  .fallback = NULL },
	{ "volumes", NULL, CONTAINER(volumes), &workload_volumes_type, "Further disks.", .fallback = NULL },
	REFUSED_FIELD(workload_container, "args", "Of containers; the guest starts its own programs."),
	REFUSED_FIELD(workload_container, "command", "Of containers; the guest starts its own programs."),
	REFUSED_FIELD(workload_container, "gpu", "Of containers; VMs have none."),
	REFUSED_FIELD(workload_container, "image", "Of containers; the guest boots from spec.vm.bootDisk."),
	REFUSED_FIELD(workload_container, "lifecycle", "Of containers; the guest owns its processes."),
	REFUSED_FIELD(workload_container, "port", "Of containers; use ports."),
	REFUSED_FIELD(workload_container, "workingDir", "Of containers."),
	LOST_FIELD(workload_container, "env", "A container's environment, which a guest has none of."),
	LOST_FIELD(workload_container, "inheritEnv", "A container's environment, which a guest has none of."),
	{ .name = NULL },
};

const struct value_type workload_container_type = {
	.name = "WorkloadContainer",
	.shape = VALUE_OBJECT,
	.fields = container_fields,
	.size = sizeof(struct workload_container),
};
const struct value_type workload_containers_type = {
	.shape = VALUE_LIST,
	.items = &workload_container_type,
	.items_min = 1,
	.items_max = 1,
};
