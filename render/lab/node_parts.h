/* What VMs and pods have alike. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "render/lab/layers.h"
#include "render/yaml/yaml.h"

struct lab_port {
	const char *name; /* a DNS-1123 label with a letter, at most 15 characters */
	int64_t port;
	const char *protocol; /* "TCP" or "UDP" */
};

struct port_list {
	const struct lab_port *ports;
	size_t count;
};

/* A file of the repository that a lab refers to. */
struct lab_text_file {
	const char *path; /* as it is shown to people */
	const char *text;
	size_t length;
};

/* Kubernetes' toleration. */
struct lab_toleration {
	struct settings settings;
	const char *key, *operator, * value, *effect;
	const int64_t *seconds;
};

/* How a lab's nodes are spread: a topologySpreadConstraint over the lab. */
struct lab_spread {
	struct settings settings;
	const char *topology_key; /* built-in kubernetes.io/hostname */
	const int64_t *max_skew; /* built-in 1 */
	const char *when_unsatisfiable; /* DoNotSchedule or ScheduleAnyway */
};

/* placement: where a node may run. */
struct lab_placement {
	struct settings settings;
	const struct value_map *node_selector; /* text */
	const struct yaml_node *affinity; /* Kubernetes' affinity as it is */
	const struct value_list *anti_affinity; /* names of nodes of the lab that must run elsewhere */
	const struct value_list *tolerations; /* struct lab_toleration */
	const struct lab_spread *spread;
	const struct yaml_node *spread_constraints; /* Kubernetes' topologySpreadConstraints as they are */
	const char *priority_class, *scheduler;
};

struct lab_http_header {
	struct settings settings;
	const char *name, *value;
};

struct lab_http_get {
	struct settings settings;
	const int64_t *port;
	const char *path, *host, *scheme;
	const struct value_list *headers; /* struct lab_http_header */
};

struct lab_tcp_socket {
	struct settings settings;
	const int64_t *port;
};

struct lab_exec {
	struct settings settings;
	const struct value_list *command; /* text */
};

struct lab_guest_agent_ping {
	struct settings settings;
};

/* Exactly one of the first four. */
struct lab_probe {
	struct settings settings;
	const struct lab_http_get *http_get;
	const struct lab_tcp_socket *tcp_socket;
	const struct lab_exec *exec;
	const struct lab_guest_agent_ping *guest_agent_ping; /* VMs only */
	const int64_t *initial_delay, *period, *timeout; /* seconds */
	const int64_t *success_threshold, *failure_threshold;
};
